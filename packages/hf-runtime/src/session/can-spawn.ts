import { mainRealm } from "./main-realm.js";

/** What runtimes add to `process` that types do not know. */
interface RuntimeProcess {
  readonly pkg?: unknown;
  readonly permission?: { has(scope: string): boolean };
}

/**
 * Whether this program's executable can be started as a child that runs a script: not if the program is itself the executable
 * (a single executable application), or may start none (Node's permission model).
 */
export function canSpawn(): boolean {
  const { pkg, permission } = process as unknown as RuntimeProcess;
  if (pkg !== undefined || permission?.has("child") === false) return false;
  return !isSingleExecutable();
}

function isSingleExecutable(): boolean {
  try {
    return mainRealm.process.getBuiltinModule?.("node:sea")?.isSea() === true;
  } catch {
    return false;
  }
}
