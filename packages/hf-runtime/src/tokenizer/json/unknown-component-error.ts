/** Thrown for a kind of component that no tokenizer here knows. Loading wraps it in an `UnsupportedTokenizerError`. */
export class UnknownComponentError extends Error {
  override readonly name = "UnknownComponentError";

  constructor(
    readonly stage: "Normalizer" | "PreTokenizer",
    readonly type: string,
  ) {
    super(`Unknown ${stage} type: ${type}`);
  }
}
