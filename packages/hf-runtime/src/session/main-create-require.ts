import { mainRealm } from "./main-realm.js";

/**
 * Node's own `createRequire`, which is not replaced by jest's module registry or a bundler. Undefined before Node 20.16 and 22.3.
 */
export const mainCreateRequire = mainRealm.process.getBuiltinModule?.("node:module").createRequire;
