/** A text in a script or a language that a model does not know. */
export interface UnknownText {
  /** The model's name, if it has one. */
  readonly model: string | undefined;
  readonly text: string;
  /** Share of the text that the model's vocabulary knows, 0 to 1, from the model's `knownShare`. */
  readonly knownShare: number;
  /** A model that knows more languages. */
  readonly recommended: string;
}
