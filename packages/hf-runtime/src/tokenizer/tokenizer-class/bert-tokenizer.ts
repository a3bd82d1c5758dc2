import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { ClassStages, TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/bert/tokenization_bert.py */
export const bertTokenizer: TokenizerClass = {
  withTypeIds: [
    "BertTokenizer",
    "LayoutLMTokenizer",
    "LxmertTokenizer",
    "MobileBertTokenizer",
    "SqueezeBertTokenizer",
  ],
  withoutTypeIds: ["DistilBertTokenizer", "MPNetTokenizer"],
  model: "WordPiece",
  stages: (_json, config) => bertStages(config),
};

/** BERT's normalizer and pre-tokenizer, by its settings. */
export function bertStages(config: TokenizerConfigJson): ClassStages {
  return {
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars ?? true,
      strip_accents: config.strip_accents ?? null,
      lowercase: config.do_lower_case ?? true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
  };
}
