import { bpeFields } from "./bpe-fields.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** Llama's class: transformers/models/llama/tokenization_llama.py */
export const llamaTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["LlamaTokenizer"],
  model: "BPE",
  specialTokens: { unk_token: "<unk>", bos_token: "<s>", eos_token: "</s>" },
  files: ["tokenizer.model"],
  paddingSide: "left",
  stages(_json, config) {
    const prefixed = config.legacy === true ? "always" : "first";
    const scheme = (config.add_prefix_space ?? true) ? prefixed : "never";
    return {
      normalizer: null,
      pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: scheme, split: false },
    };
  },
  modelFields: () => ({ ...bpeFields, fuse_unk: true, byte_fallback: true }),
};
