import { checkHasMethod } from "../options/check-has-method.js";
import { checkSignal } from "../options/check-signal.js";

/** What can be given a signal; `HuggingFaceEmbeddings` of `@secondpass/embeddings-hf` is one. */
interface Abortable<Embeddings> {
  /** The same embeddings, whose calls end when the signal aborts. */
  withSignal(signal: AbortSignal): Embeddings;
}

/**
 * Embeddings whose calls end when the signal aborts, where that can be done: LangChain's interface takes no signal, those that can be ended have `withSignal`.
 * @throws {InvalidOptionError} if they are not embeddings, or the signal is not an AbortSignal
 */
export function bindSignal<Embeddings extends object>(
  embeddings: Embeddings,
  signal: AbortSignal | undefined,
): Embeddings {
  checkHasMethod("embeddings", embeddings, ["embedDocuments", "embedQuery"], "embeddings");
  checkSignal(signal);
  return signal && isAbortable(embeddings) ? embeddings.withSignal(signal) : embeddings;
}

function isAbortable<Embeddings extends object>(
  embeddings: Embeddings,
): embeddings is Embeddings & Abortable<Embeddings> {
  return "withSignal" in embeddings && typeof embeddings.withSignal === "function";
}
