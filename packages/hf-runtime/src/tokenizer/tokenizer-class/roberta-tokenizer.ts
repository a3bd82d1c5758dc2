import type { TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/roberta/tokenization_roberta.py */
export const robertaTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["RobertaTokenizer", "BartTokenizer", "LEDTokenizer", "LongformerTokenizer"],
  model: "BPE",
  stages: (_json, config) => ({
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: config.add_prefix_space ?? false },
  }),
};
