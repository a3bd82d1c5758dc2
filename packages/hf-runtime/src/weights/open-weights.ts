import type { ModelFiles } from "../files/model-files.js";
import type { LoadOptions } from "../load-options.js";
import type { InferenceSession } from "../session/inference-session.js";
import { openSession } from "../session/open-session.js";
import { chooseWeights, type WeightsChoice } from "./choose-weights.js";
import { defaultThreads } from "./default-threads.js";
import { type GraphTask, graphSource } from "./graph-source.js";
import { type ModelSource, onnxSource } from "./onnx-source.js";

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
  const { source, weightsFolder } = await firstThatWorks(files, task, best, others);
  const spec = {
    model: files.model,
    source,
    weightsFolder,
    device: options.device ?? "cpu",
    threads: options.threads ?? defaultThreads(),
    lowMemory: options.lowMemory ?? false,
  };
  return openSession(spec, { worker: options.worker, signal: options.signal });
}

/** The first choice that gives a graph; the error of the best when none does. */
async function firstThatWorks(
  files: ModelFiles,
  task: GraphTask,
  best: WeightsChoice,
  others: readonly WeightsChoice[],
): Promise<ModelSource> {
  try {
    return await sourceOf(files, task, best);
  } catch (error) {
    const [next, ...rest] = others;
    if (!next) throw error;
    return firstThatWorks(files, task, next, rest).catch(() => {
      throw error;
    });
  }
}

function sourceOf(files: ModelFiles, task: GraphTask, choice: WeightsChoice): Promise<ModelSource> {
  return choice.kind === "onnx" ? onnxSource(files, choice.path) : graphSource(files, task, choice.precision);
}
