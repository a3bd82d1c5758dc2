import { checkHasMethod } from "../options/check-has-method.js";
import { checkSignal } from "../options/check-signal.js";

/** Embeddings that accept a signal, such as `HuggingFaceEmbeddings` of `@secondpass/embeddings-hf`. */
interface Abortable<Embeddings> {
  /** The same embeddings, whose calls end when the signal aborts. */
  withSignal(signal: AbortSignal): Embeddings;
}

/**
 * Binds embeddings to a signal: their calls end when it aborts. LangChain's interface has no signal, so this works for embeddings with the method `withSignal`; others are returned as they are.
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
