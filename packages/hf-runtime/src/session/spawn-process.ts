import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { processEnvironment } from "./process-environment.js";
import { PROCESS_SOURCE } from "./process-source.js";

/** A started process, and whether `child` is it, or a shell that started it and has ended. */
export interface SpawnedProcess {
  readonly child: ChildProcess;
  readonly direct: boolean;
}

const SHELL = "/bin/sh";
/** Starts its arguments and ends. The process then belongs to init, which waits for it when it ends. */
const START_AND_LEAVE = '"$0" "$@" &';

/**
 * Starts a model's process, with a channel to it and its standard error in a pipe.
 *
 * A thread whose owner terminates it waits for no children any more, and they would stay as zombies until the process ends. So a process
 * that is started in a thread is no child of this process, where there is a shell to see to that. (Nothing helps if this process is init itself.)
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
