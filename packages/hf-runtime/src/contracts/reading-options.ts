/** How a call's texts become tokens. */
export interface ReadingOptions {
  /** The end of a text that is cut off if it is too long. @default the model's own, "right" for nearly all */
  readonly truncationSide?: "left" | "right";
  /**
   * Called for each input with its place in the caller's list and the number of tokens that the model reads, special tokens counted, after
   * truncation. Not called by models that read many passages in one pass.
   */
  readonly onTokens?: (place: number, tokens: number) => void;
}
