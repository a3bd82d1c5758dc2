/** What to do about a store that was made with other embeddings. */
export interface MismatchOption {
  /**
   * What to do if a store was made with another embedding model, revision, prompt or distance: "throw", or "allow" if you know that the
   * vectors agree.
   * @default "throw"
   */
  readonly embeddingMismatch?: "throw" | "allow";
}
