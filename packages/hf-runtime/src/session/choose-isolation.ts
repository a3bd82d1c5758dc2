import { isMainThread } from "node:worker_threads";
import type { Isolation } from "../contracts/load-options.js";
import { canSpawn } from "./can-spawn.js";
import { otherOnnxRuntime } from "./other-onnx-runtime.js";

/** Properties of the model that limit the choice. */
export interface IsolationNeeds {
  /** Whether the graph may compute without end. */
  readonly mayLoop: boolean;
}

/** The environment that limits the choice; tests replace it. */
export interface Surroundings {
  readonly isMainThread: boolean;
  readonly isBun: boolean;
  readonly canSpawn: boolean;
  readonly otherOnnxRuntime: () => string | undefined;
}

const HERE: Surroundings = {
  isMainThread,
  isBun: process.versions.bun !== undefined,
  canSpawn: canSpawn(),
  otherOnnxRuntime,
};

/**
 * Decides where a model computes. It is a child process instead of a thread of this process if a thread could end or hang the process, or
 * could not load onnxruntime:
 * - if this code runs in a worker thread. The thread's owner may terminate it; if that happens inside onnxruntime, the process aborts.
 *   Also, a thread's environment is a copy, so that onnxruntime would not see that its telemetry is turned off;
 * - if another copy of onnxruntime-node is loaded: a second copy of another version fails to load;
 * - if the graph may loop without end: only ending its process stops it;
 * - under Bun, where onnxruntime does not see changes of the environment either.
 */
export function chooseIsolation(
  wanted: Isolation,
  { mayLoop }: IsolationNeeds,
  here: Surroundings = HERE,
): Isolation {
  if (wanted === "process" || !here.canSpawn) return wanted;
  const unsafe = mayLoop || !here.isMainThread || here.isBun || here.otherOnnxRuntime() !== undefined;
  return unsafe ? "process" : wanted;
}
