import { precompiledOf } from "./precompiled-of.js";
import { prefixedWords } from "./prefixed-words.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/albert/tokenization_albert.py */
export const albertTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["AlbertTokenizer"],
  model: "Unigram",
  stages(json, config) {
    const quote = (from: string) => ({ type: "Replace", pattern: { String: from }, content: '"' });
    const normalizers = [
      quote("``"),
      quote("''"),
      ...(config.keep_accents ? [] : [{ type: "NFKD" }, { type: "StripAccents" }]),
      ...((config.do_lower_case ?? true) ? [{ type: "Lowercase" }] : []),
      ...[precompiledOf(json)].filter((part) => part !== undefined),
    ];
    return { normalizer: { type: "Sequence", normalizers }, pre_tokenizer: prefixedWords(config) };
  },
};
