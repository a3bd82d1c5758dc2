import type { ModelFiles } from "./files/model-files.js";
import type { LoadOptions } from "./load-options.js";
import type { InferenceSession } from "./session/inference-session.js";
import { loadTokenizer } from "./tokenize/load-tokenizer.js";
import type { TextTokenizer } from "./tokenize/text-tokenizer.js";
import type { GraphTask } from "./weights/graph-source.js";
import { openWeights } from "./weights/open-weights.js";

/** What an encoder and a cross-encoder both stand on. */
export interface ModelParts {
  readonly tokenizer: TextTokenizer;
  /** One a number format, in the order asked for. */
  readonly sessions: readonly InferenceSession[];
}

/**
 * Builds the tokenizer here while the weights load in their workers. If either fails, nothing stays behind: sessions that
 * opened are disposed of.
 */
export async function loadParts(
  files: ModelFiles,
  task: GraphTask,
  dtypes: readonly string[],
  options: LoadOptions,
): Promise<ModelParts> {
  const { model, maxLength, onProgress, signal } = options;
  const opening = dtypes.map((dtype) => openWeights(files, task, { ...options, dtype }));
  try {
    onProgress?.({ kind: "load", model, step: "tokenizer" });
    const tokenizer = await loadTokenizer(files, { maxLength });
    onProgress?.({ kind: "load", model, step: "session" });
    const sessions = await Promise.all(opening);
    signal?.throwIfAborted();
    onProgress?.({ kind: "load", model, step: "ready" });
    return { tokenizer, sessions };
  } catch (error) {
    const opened = await Promise.allSettled(opening);
    await Promise.all(opened.map((one) => (one.status === "fulfilled" ? one.value.dispose() : undefined)));
    throw error;
  }
}

/** Name of the output to read: the first of `preferred` that the model has, else its first. */
export function outputOf(session: InferenceSession, preferred: readonly string[]): string {
  const names = session.outputs.map(({ name }) => name);
  return preferred.find((name) => names.includes(name)) ?? names[0] ?? "";
}
