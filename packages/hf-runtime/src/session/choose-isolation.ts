import { isMainThread } from "node:worker_threads";
import type { Isolation } from "../contracts/load-options.js";
import { canSpawn } from "./can-spawn.js";
import { otherOnnxRuntime } from "./other-onnx-runtime.js";

/** What the choice depends on apart from the caller's wish. */
export interface IsolationNeeds {
  /** Whether the graph may compute without end. */
  readonly mayLoop: boolean;
}

/** What can be told of the surroundings, for tests. */
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
 * Where a model computes. A child process takes the place of a thread of this process wherever a thread could end or hang the process, or
 * could not load onnxruntime:
 * - in a worker thread of somebody's. Its owner may terminate it; if that is in the midst of onnxruntime, the process aborts.
 *   Moreover a thread's environment is a copy, in which onnxruntime does not see that its telemetry is off;
 * - if another copy of onnxruntime-node is loaded or will be: the second one of another version fails to load;
 * - if the graph may loop without end: nothing but the end of its process stops it;
 * - under Bun, whose environment onnxruntime does not see either.
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
