import type { ComponentJson } from "../json/component-json.js";

/**
 * Splits normalized text into words, each of which the model encodes by itself.
 * @param isStart whether the text is the start of the whole input
 */
export type PreTokenizer = (text: string, isStart: boolean) => readonly string[];

/** One kind of pre-tokenizer. To add one: a file with its record, a line in pre-tokenizers.ts, a golden. */
export interface PreTokenizerKind<Json extends ComponentJson = ComponentJson> {
  /** The `type` of tokenizer.json that it builds. */
  readonly type: string;
  /**
   * Builds the pre-tokenizer.
   * @param createPart builds a pre-tokenizer inside this one
   * @throws SyntaxError if one of its patterns cannot be translated
   */
  create(json: Json, createPart: (json: ComponentJson) => PreTokenizer): PreTokenizer;
}
