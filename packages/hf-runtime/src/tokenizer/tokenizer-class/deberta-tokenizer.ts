import { bosEosJson } from "./bos-eos-json.js";
import { bpeFields } from "./bpe-fields.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/deberta/tokenization_deberta.py */
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
  stages: (_json, config) => ({
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: config.add_prefix_space ?? false },
  }),
  modelFields: () => bpeFields,
  postProcessor: (tokenOf) => bosEosJson(tokenOf("cls_token"), tokenOf("sep_token")),
};
