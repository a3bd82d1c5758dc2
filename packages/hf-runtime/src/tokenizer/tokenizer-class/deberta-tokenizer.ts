import { bosEosJson } from "./bos-eos-json.js";
import { bpeFields } from "./bpe-fields.js";
import { byteLevelStages } from "./byte-level-stages.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** DeBERTa's class: transformers/models/deberta/tokenization_deberta.py */
export const debertaTokenizer: TokenizerClass = {
  withTypeIds: ["DebertaTokenizer"],
  withoutTypeIds: [],
  model: "BPE",
  specialTokens: {
    bos_token: "[CLS]",
    eos_token: "[SEP]",
    unk_token: "[UNK]",
    sep_token: "[SEP]",
    pad_token: "[PAD]",
    cls_token: "[CLS]",
    mask_token: "[MASK]",
  },
  files: ["vocab.json", "merges.txt"],
  stages: (_json, config) => byteLevelStages(config),
  modelFields: () => bpeFields,
  postProcessor: (tokenOf) => bosEosJson(tokenOf("cls_token"), tokenOf("sep_token")),
};
