import { bpeFields } from "./bpe-fields.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/gpt2/tokenization_gpt2.py */
export const gpt2Tokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["GPT2Tokenizer"],
  model: "BPE",
  specialTokens: { unk_token: "<|endoftext|>", bos_token: "<|endoftext|>", eos_token: "<|endoftext|>" },
  files: ["vocab.json", "merges.txt"],
  stages: (_json, config) => ({
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: config.add_prefix_space ?? false },
  }),
  modelFields: () => bpeFields,
};
