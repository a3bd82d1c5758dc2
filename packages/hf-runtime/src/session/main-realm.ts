import { runInThisContext } from "node:vm";

interface BuiltinModules {
  "node:module": typeof import("node:module");
  /** Undefined before Node 20.12. */
  "node:sea": { isSea(): boolean } | undefined;
}

/** What is needed of the realm that Node started in. */
interface MainRealm {
  readonly process: Pick<NodeJS.Process, "once" | "off"> & {
    getBuiltinModule?<Name extends "node:module" | "node:sea">(id: Name): BuiltinModules[Name];
  };
  readonly Int32Array: Int32ArrayConstructor;
  readonly BigInt64Array: BigInt64ArrayConstructor;
  readonly Float32Array: Float32ArrayConstructor;
  readonly Uint16Array: Uint16ArrayConstructor;
  readonly Uint8Array: Uint8ArrayConstructor;
}

/**
 * The realm that Node started in, which is this module's own unless something like jest runs it in a sandbox. A sandbox has
 * its own typed arrays, which onnxruntime-node, which checks by `instanceof`, does not recognise.
 */
export const mainRealm: MainRealm = runInThisContext("globalThis");
