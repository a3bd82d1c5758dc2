import { runInThisContext } from "node:vm";

/** What is needed of the realm that Node started in. */
interface MainRealm {
  readonly process: { getBuiltinModule?(id: "node:module"): typeof import("node:module") };
  readonly Int32Array: Int32ArrayConstructor;
  readonly BigInt64Array: BigInt64ArrayConstructor;
  readonly Uint8Array: Uint8ArrayConstructor;
}

/**
 * The realm that Node started in, which is this module's own unless something like jest runs it in a sandbox. A sandbox has
 * typed arrays of its own, which onnxruntime-node, asking by `instanceof`, does not know for what they are.
 */
const mainRealm: MainRealm = runInThisContext("globalThis");

/**
 * Node's own `createRequire`, which neither jest's module registry nor a bundler stands in for; undefined before Node 20.16
 * and 22.3.
 */
export const mainCreateRequire = mainRealm.process.getBuiltinModule?.("node:module").createRequire;

/** The same bytes as an array of the main realm; itself where it is one. */
export function toMainRealm<View extends Int32Array | BigInt64Array | Uint8Array>(view: View): View {
  const { Int32Array: Int32, BigInt64Array: BigInt64, Uint8Array: Bytes } = mainRealm;
  const Type = [Int32, BigInt64, Bytes].find(({ name }) => name === view.constructor.name) ?? Bytes;
  return view instanceof Type
    ? view
    : (new Type(view.buffer as ArrayBuffer, view.byteOffset, view.length) as View);
}
