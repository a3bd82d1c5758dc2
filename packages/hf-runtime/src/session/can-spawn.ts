import { mainRealm } from "./main-realm.js";

/** Properties that runtimes add to `process` and that its types lack. */
interface RuntimeProcess {
  readonly pkg?: unknown;
  readonly permission?: { has(scope: string): boolean };
}

/**
 * Whether this program's executable can be started as a child process that runs a script. It cannot if the program and the runtime are one
 * file (a single executable application), or if child processes are not allowed (Node's permission model).
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
