import { bpeFields } from "./bpe-fields.js";
import { byteLevelStages } from "./byte-level-stages.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** GPT-2's class: transformers/models/gpt2/tokenization_gpt2.py */
export const gpt2Tokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["GPT2Tokenizer"],
  model: "BPE",
  specialTokens: { unk_token: "<|endoftext|>", bos_token: "<|endoftext|>", eos_token: "<|endoftext|>" },
  files: ["vocab.json", "merges.txt"],
  stages: (_json, config) => byteLevelStages(config),
  modelFields: () => bpeFields,
};
