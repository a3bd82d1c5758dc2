import { mainRealm } from "./main-realm.js";

/**
 * Node's own `createRequire`, which neither jest's module registry nor a bundler replaces; undefined before Node 20.16
 * and 22.3.
 */
export const mainCreateRequire = mainRealm.process.getBuiltinModule?.("node:module").createRequire;
