import { bpeFields } from "./bpe-fields.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** Qwen2's pattern: words with the symbol in front of them, single digits, runs of symbols, line ends, white space. */
const PATTERN = [
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)",
  "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+",
  "\\p{N}",
  " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*",
  "\\s*[\\r\\n]+",
  "\\s+(?!\\S)",
  "\\s+",
].join("|");

/** Qwen2's class: transformers/models/qwen2/tokenization_qwen2.py */
export const qwen2Tokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["Qwen2Tokenizer"],
  model: "BPE",
  specialTokens: { unk_token: "<|endoftext|>", eos_token: "<|endoftext|>", pad_token: "<|endoftext|>" },
  files: ["vocab.json", "merges.txt"],
  stages: (_json, config) => ({
    normalizer: { type: "NFC" },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: PATTERN }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", add_prefix_space: config.add_prefix_space ?? false, use_regex: false },
      ],
    },
  }),
  modelFields: () => bpeFields,
};
