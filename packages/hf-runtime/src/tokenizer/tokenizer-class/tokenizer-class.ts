import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";

/** The stages that a class may put in place of the file's. */
export type ClassStages = Pick<TokenizerJson, "normalizer" | "pre_tokenizer"> &
  Partial<Pick<TokenizerJson, "post_processor">>;

/**
 * Classes of transformers that build one pipeline. Since transformers 5 (tokenization_bert.py and its like) they take from
 * tokenizer.json the vocabulary, the special tokens and SentencePiece's rules, and build the normalizer and pre-tokenizer by
 * tokenizer_config.json. To add one: a file with its record, a line in tokenizer-classes.ts, a golden.
 */
export interface TokenizerClass {
  /** Names without "Fast" of the classes that tell the two texts of a pair apart by `token_type_ids`. */
  readonly withTypeIds: readonly string[];
  /** Names without "Fast" of the classes that do not. */
  readonly withoutTypeIds: readonly string[];
  /** Kind of model whose vocabulary the classes take; a file with another keeps its stages. */
  readonly model: string;
  stages(json: TokenizerJson, config: TokenizerConfigJson): ClassStages;
}
