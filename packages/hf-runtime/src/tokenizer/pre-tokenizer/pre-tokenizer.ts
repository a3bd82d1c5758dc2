import type { AlignedText } from "../alignment/aligned-text.js";
import type { ComponentJson } from "../json/component-json.js";

/**
 * Splits normalized text into words, which the model encodes one by one. A long text is split lazily. An empty word is not a
 * word: it marks a place where the caller may pause.
 * @param isStart whether the text is the start of the whole input
 */
export interface PreTokenizer {
  (text: string, isStart: boolean): Iterable<string>;
  /** How it splits between a letter of `wordLetterUnits` and a space that another such letter follows. */
  readonly wordEdge: WordEdge;
  /** Splits in the same way, and tracks where the characters of each word come from. @default each word is a part of the text */
  readonly align?: ((text: AlignedText, isStart: boolean) => Iterable<AlignedText>) | undefined;
}

/**
 * - "splits": the two never share a word, and each side is split as if it were the whole text.
 * - "keeps": they may share a word, but each side is split as if it were the whole text.
 * - "unknown": anything else.
 */
export type WordEdge = "splits" | "keeps" | "unknown";

/** One kind of pre-tokenizer. To add one: a file with its record, a line in pre-tokenizers.ts, a golden. */
export interface PreTokenizerKind<Json extends ComponentJson = ComponentJson> {
  /** The `type` of tokenizer.json that it builds. */
  readonly type: string;
  /**
   * Builds the pre-tokenizer.
   * @param createPart builds a pre-tokenizer inside this one
   * @throws SyntaxError if one of its patterns cannot be translated or cannot be matched in linear time
   */
  create(json: Json, createPart: (json: ComponentJson) => PreTokenizer): PreTokenizer;
}

/**
 * Builds a pre-tokenizer from a function that splits.
 * @param align needed if words are not parts of the text
 */
export function preTokenizer(
  split: (text: string, isStart: boolean) => Iterable<string>,
  wordEdge: WordEdge,
  align?: PreTokenizer["align"],
): PreTokenizer {
  return Object.assign((text: string, isStart: boolean) => split(text, isStart), { wordEdge, align });
}
