import type { LoadOptions } from "./contracts/load-options.js";
import { MissingWeightError } from "./errors/missing-weight-error.js";
import { ModelFileNotFoundError } from "./errors/model-file-not-found-error.js";
import { UnsupportedArchitectureError } from "./errors/unsupported-architecture-error.js";
import { WeightShapeError } from "./errors/weight-shape-error.js";
import { type GraphTask, graphSource } from "./graph-source.js";
import { chooseWeights, type WeightsChoice } from "./model-source/choose-weights.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { type ModelSource, onnxSource } from "./model-source/onnx-source.js";
import { defaultThreads } from "./session/default-threads.js";
import type { InferenceSession } from "./session/inference-session.js";
import { openSession } from "./session/open-session.js";

/**
 * Finds a model's weights in the number format asked for, builds a graph over them where they come without one, and opens
 * a session on it. Where an architecture cannot be built and the repository has an ONNX export as well, that serves.
 * @throws WeightsNotFoundError, UnsupportedArchitectureError, SessionLoadError, UnsupportedDeviceError, or the signal's reason
 */
export async function openWeights(
  files: ModelFiles,
  task: GraphTask,
  options: LoadOptions & { readonly dtype: string },
): Promise<InferenceSession> {
  const [best, ...others] = await chooseWeights(files, options);
  const device = options.device ?? "cpu";
  const spec = {
    model: files.model,
    ...(await firstThatWorks(files, task, device, best, others)),
    device,
    threads: options.threads ?? defaultThreads(),
    lowMemory: options.lowMemory ?? false,
  };
  const { worker, signal } = options;
  // An embedder's first call is an index, a reranker's often all that a process asks of it.
  return openSession(spec, { worker, signal, lanesLater: task === "classify" });
}

/**
 * The first choice that gives a graph. An architecture that cannot be built, or weights that do not fit it, are no reason to
 * fail where there is an export to fall back to; if there is none, they are the reason to give.
 */
async function firstThatWorks(
  files: ModelFiles,
  task: GraphTask,
  device: string,
  best: WeightsChoice,
  others: readonly WeightsChoice[],
): Promise<ModelSource> {
  try {
    return best.kind === "onnx"
      ? await onnxSource(files, best.path)
      : await graphSource(files, task, best.precision, device);
  } catch (error) {
    const [next, ...rest] = others;
    if (!next || !isUnbuildable(error)) throw error;
    return firstThatWorks(files, task, device, next, rest);
  }
}

function isUnbuildable(error: unknown): boolean {
  return (
    error instanceof UnsupportedArchitectureError ||
    error instanceof MissingWeightError ||
    error instanceof WeightShapeError ||
    (error instanceof ModelFileNotFoundError && error.path.endsWith("config.json"))
  );
}
