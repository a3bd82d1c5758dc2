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
export const mainRealm: MainRealm = runInThisContext("globalThis");
