import { bpeFields } from "./bpe-fields.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** Gemma's class: transformers/models/gemma/tokenization_gemma.py */
export const gemmaTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["GemmaTokenizer"],
  model: "BPE",
  specialTokens: {
    unk_token: "<unk>",
    bos_token: "<bos>",
    eos_token: "<eos>",
    pad_token: "<pad>",
    mask_token: "<mask>",
  },
  files: ["tokenizer.model"],
  paddingSide: "left",
  stages: () => ({
    normalizer: { type: "Replace", pattern: { String: " " }, content: "▁" },
    pre_tokenizer: { type: "Split", pattern: { String: " " }, behavior: "MergedWithPrevious", invert: false },
  }),
  modelFields: (_model, tokenOf) => ({
    ...bpeFields,
    unk_token: tokenOf("unk_token") ?? null,
    fuse_unk: true,
    byte_fallback: true,
  }),
};
