/** An entry of `added_tokens` in tokenizer.json: a token that is found in the text before the model sees it. */
export interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  /** Only where no letter or digit is next to it. */
  readonly single_word?: boolean;
  /** Takes the white space in front of it. */
  readonly lstrip?: boolean;
  /** Takes the white space after it. */
  readonly rstrip?: boolean;
  /** Found in normalized text instead of the text as it is. @default the opposite of `special` */
  readonly normalized?: boolean;
  readonly special?: boolean;
}
