/** How a call's texts become tokens. */
export interface ReadingOptions {
  /** Side of a text at which it is cut if it is too long. @default the model's own, "right" for nearly all */
  readonly truncationSide?: "left" | "right";
  /**
   * Called for each input with its position in the caller's list and the number of tokens that the model reads, after truncation and with
   * special tokens. Not called by models that read many passages in one pass.
   */
  readonly onTokens?: (place: number, tokens: number) => void;
}
