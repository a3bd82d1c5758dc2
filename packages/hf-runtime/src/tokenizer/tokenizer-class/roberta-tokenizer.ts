import { bpeFields } from "./bpe-fields.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/roberta/tokenization_roberta.py */
export const robertaTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["RobertaTokenizer", "BartTokenizer", "LEDTokenizer", "LongformerTokenizer"],
  model: "BPE",
  specialTokens: {
    bos_token: "<s>",
    eos_token: "</s>",
    unk_token: "<unk>",
    sep_token: "</s>",
    pad_token: "<pad>",
    cls_token: "<s>",
    mask_token: "<mask>",
  },
  files: ["vocab.json", "merges.txt"],
  modelFields: () => bpeFields,
  postProcessor: (tokenOf) => ({
    type: "RobertaProcessing",
    sep: tokenOf("sep_token"),
    cls: tokenOf("cls_token"),
  }),
  stages: (_json, config) => ({
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: config.add_prefix_space ?? false },
  }),
};
