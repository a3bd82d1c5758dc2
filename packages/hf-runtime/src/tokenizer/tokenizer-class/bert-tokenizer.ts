import type { ModelJson } from "../json/model-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import { clsSepJson } from "./cls-sep-json.js";
import type { ClassStages, TokenizerClass, TokenOf } from "./tokenizer-class.js";

/** BERT's classes: transformers/models/bert/tokenization_bert.py */
export const bertTokenizer: TokenizerClass = {
  withTypeIds: [
    "BertTokenizer",
    "LayoutLMTokenizer",
    "LxmertTokenizer",
    "MobileBertTokenizer",
    "SqueezeBertTokenizer",
  ],
  withoutTypeIds: ["DistilBertTokenizer"],
  model: "WordPiece",
  specialTokens: {
    unk_token: "[UNK]",
    sep_token: "[SEP]",
    pad_token: "[PAD]",
    cls_token: "[CLS]",
    mask_token: "[MASK]",
  },
  files: ["vocab.txt"],
  stages: (_json, config) => bertStages(config),
  modelFields: wordPieceFields,
  postProcessor: (tokenOf) => clsSepJson(tokenOf("cls_token"), tokenOf("sep_token")),
};

/** The fields that BERT's classes set in a WordPiece model. They take only its vocabulary from the file. */
export function wordPieceFields(_model: ModelJson, tokenOf: TokenOf): Partial<ModelJson> {
  return {
    unk_token: tokenOf("unk_token") ?? null,
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
  };
}

/** BERT's normalizer and pre-tokenizer for the settings of tokenizer_config.json. */
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
