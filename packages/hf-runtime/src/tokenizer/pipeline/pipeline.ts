import type { Model } from "../model/model.js";

/** Normalizer, pre-tokenizer and model in a row: text that holds no added tokens → token ids. */
export interface Pipeline {
  readonly model: Model;
  /** The normalizer of the tokenizer.json, for added tokens that are found in normalized text. */
  normalize(text: string): string;
  /**
   * Appends the ids of a section: the text between two added tokens.
   * @param out the ids of the input so far
   */
  encode(section: string, out: number[], options: SectionOptions): void;
}

export interface SectionOptions {
  /** Whether the section is the start of the input (some pre-tokenizers put a prefix only there). */
  readonly isStart: boolean;
  /** Whether `normalize` has been applied already. */
  readonly isNormalized: boolean;
  /** The pipeline may stop once `out` holds this many ids. */
  readonly enough: number;
}
