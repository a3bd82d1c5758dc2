import type { Model } from "../model/model.js";
import type { Normalizer } from "../normalizer/normalizer.js";
import type { PreTokenizer } from "../pre-tokenizer/pre-tokenizer.js";
import type { Steps } from "../steps/steps.js";
import type { KeepsStart } from "./keeps-start.js";

/** Normalizer, pre-tokenizer and model in a row: text that holds no added tokens → token ids. */
export interface Pipeline {
  readonly model: Model;
  /** The normalizer of the tokenizer.json, for added tokens that are found in normalized text. */
  readonly normalize: Normalizer;
  /** The pre-tokenizer of the tokenizer.json, for callers that need the places of words. */
  readonly preTokenize: PreTokenizer;
  /**
   * Whether a section gives the same ids if it is cut after a letter of `wordLetterUnits` and before a space that another such
   * letter follows. The second part does not count as the start of the input.
   */
  readonly splitsWords: boolean;
  /** Whether a text at the start of the input still counts as the start after normalization. @default always */
  readonly keepsStart?: KeepsStart;
  /**
   * Appends the ids of a section: the text between two added tokens.
   * @param out the ids of the input so far
   */
  encode(section: string, out: number[], options: SectionOptions): void;
  /** The same for a long section, in steps. */
  encodeInSteps(section: string, out: number[], options: SectionOptions): Steps<void>;
}

export interface SectionOptions {
  /** Whether the section is the start of the input (some pre-tokenizers put a prefix only there). */
  readonly isStart: boolean;
  /** Whether `normalize` has been applied already. */
  readonly isNormalized: boolean;
  /** The pipeline may stop once `out` holds this many ids. */
  readonly enough: number;
}
