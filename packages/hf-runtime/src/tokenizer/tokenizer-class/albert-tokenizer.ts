import { clsSepJson } from "./cls-sep-json.js";
import { precompiledOf } from "./precompiled-of.js";
import { prefixedWords } from "./prefixed-words.js";
import type { TokenizerClass } from "./tokenizer-class.js";
import { unigramFields } from "./unigram-fields.js";

/** ALBERT's class: transformers/models/albert/tokenization_albert.py */
export const albertTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["AlbertTokenizer"],
  model: "Unigram",
  specialTokens: {
    bos_token: "[CLS]",
    eos_token: "[SEP]",
    unk_token: "<unk>",
    sep_token: "[SEP]",
    pad_token: "<pad>",
    cls_token: "[CLS]",
    mask_token: "[MASK]",
  },
  files: ["spiece.model"],
  modelFields: () => unigramFields(1),
  postProcessor(tokenOf, json) {
    if (json.post_processor !== null) return json.post_processor;
    return clsSepJson(tokenOf("cls_token"), tokenOf("sep_token"));
  },
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
