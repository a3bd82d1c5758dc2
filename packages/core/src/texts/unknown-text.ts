/** A text in a script that a model does not know. */
export interface UnknownText {
  /** The model's name, if it has one. */
  readonly model: string | undefined;
  readonly text: string;
  /** Share of the text's letters that the model's vocabulary knows, 0 to 1. */
  readonly knownShare: number;
  /** A model that knows more languages. */
  readonly recommended: string;
}
