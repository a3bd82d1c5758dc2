/** What can be given a signal; `HuggingFaceEmbeddings` of `@secondpass/embeddings-hf` is one. */
interface Abortable<Embeddings> {
  /** The same embeddings, whose calls end when the signal aborts. */
  withSignal(signal: AbortSignal): Embeddings;
}

/** Embeddings whose calls end when the signal aborts, where that can be done: LangChain's interface takes no signal, those that can be ended have `withSignal`. */
export function bindSignal<Embeddings extends object>(
  embeddings: Embeddings,
  signal: AbortSignal | undefined,
): Embeddings {
  return signal && isAbortable(embeddings) ? embeddings.withSignal(signal) : embeddings;
}

function isAbortable<Embeddings extends object>(
  embeddings: Embeddings,
): embeddings is Embeddings & Abortable<Embeddings> {
  return "withSignal" in embeddings && typeof embeddings.withSignal === "function";
}
