/** Encodes text that holds no added tokens: what stands between them. */
export interface SectionEncoder {
  /** The normalizer of the tokenizer.json, for added tokens that are looked for in normalised text. */
  normalize(text: string): string;
  /**
   * Appends the ids of a section.
   * @param first whether the section starts the text (some pre-tokenizers prefix only that)
   * @param normalized whether `normalize` has been applied already
   * @param enough may stop once `out` holds this many ids
   */
  encode(section: string, out: number[], options: SectionOptions): void;
  tokenId(token: string): number | undefined;
}

export interface SectionOptions {
  readonly first: boolean;
  readonly normalized: boolean;
  readonly enough: number;
}
