import type { LoadOptions } from "./contracts/load-options.js";
import { architectureTokenizers } from "./graph/architectures/architecture-tokenizers.js";
import type { GraphTask } from "./graph-source.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { openWeights } from "./open-weights.js";
import type { InferenceSession } from "./session/inference-session.js";
import { openAll } from "./session/open-all.js";
import { type LoadTokenizerOptions, loadTokenizer } from "./tokenizer/load-tokenizer.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/** What an encoder and a cross-encoder both stand on. */
export interface ModelParts {
  readonly tokenizer: TextTokenizer;
  /** One a number format, in the order asked for. */
  readonly sessions: readonly InferenceSession[];
}

/**
 * Builds the tokenizer here while the weights load in their workers. If either fails, nothing stays behind: sessions that
 * opened are disposed of.
 * @param taskFor what the graph has to compute; may wait for the tokenizer where that depends on it
 */
export async function loadParts(
  files: ModelFiles,
  taskFor: (tokenizer: Promise<TextTokenizer>) => GraphTask | Promise<GraphTask>,
  dtypes: readonly string[],
  options: LoadOptions & Pick<LoadTokenizerOptions, "sentenceConfig">,
): Promise<ModelParts> {
  const { model, maxLength, sentenceConfig, onProgress, signal } = options;
  onProgress?.({ kind: "load", model, step: "tokenizer" });
  const building = loadTokenizer(files, { maxLength, sentenceConfig, architectures: architectureTokenizers });
  const task = Promise.resolve(taskFor(building));
  const opening = openAll(dtypes.map(async (dtype) => openWeights(files, await task, { ...options, dtype })));
  // Handled from the start: a session may fail while the tokenizer is still being built.
  const opened = opening.catch(() => []);
  try {
    const tokenizer = await building;
    onProgress?.({ kind: "load", model, step: "session" });
    const sessions = await opening;
    signal?.throwIfAborted();
    onProgress?.({ kind: "load", model, step: "ready" });
    return { tokenizer, sessions };
  } catch (error) {
    await Promise.all((await opened).map((session) => session.dispose()));
    throw error;
  }
}

/** Name of the output to read: the first of `preferred` that the model has, else its first. */
export function outputOf(session: InferenceSession, preferred: readonly string[]): string {
  const names = session.outputs.map(({ name }) => name);
  return preferred.find((name) => names.includes(name)) ?? names[0] ?? "";
}
