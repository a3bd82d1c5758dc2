import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { processEnvironment } from "./process-environment.js";
import { PROCESS_SOURCE } from "./process-source.js";

/** A started process. If `direct`, `child` is the process itself; otherwise `child` is a shell that has started it and ended. */
export interface SpawnedProcess {
  readonly child: ChildProcess;
  readonly direct: boolean;
}

const SHELL = "/bin/sh";
/** Shell script that starts its arguments and ends. The process then belongs to init, which removes it when it ends. */
const START_AND_LEAVE = '"$0" "$@" &';

/**
 * Starts a model's process, with a channel to it and its standard error in a pipe.
 *
 * If a thread is terminated by its owner, nobody waits for its child processes, and they stay as zombies until this process ends. So a
 * process that is started in a thread is detached by a shell, if there is one. (This does not work if this process is init itself.)
 */
export function spawnProcess(): SpawnedProcess {
  const direct = isMainThread || process.pid === 1 || process.platform === "win32" || !existsSync(SHELL);
  const program = [process.execPath, "-e", PROCESS_SOURCE];
  const [command, ...args] = direct ? program : [SHELL, "-c", START_AND_LEAVE, ...program];
  const child = spawn(command!, args, {
    env: processEnvironment(),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    windowsHide: true,
  });
  return { child, direct };
}
