import { runInThisContext } from "node:vm";

interface BuiltinModules {
  "node:module": typeof import("node:module");
  /** Undefined before Node 20.12. */
  "node:sea": { isSea(): boolean } | undefined;
}

/** The parts of the main realm that are used. */
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
 * The realm that Node started in. It is this module's own realm, unless the module runs in a sandbox such as jest's. A sandbox has its own
 * typed arrays, which onnxruntime-node does not recognise, because it checks by `instanceof`.
 */
export const mainRealm: MainRealm = runInThisContext("globalThis");
