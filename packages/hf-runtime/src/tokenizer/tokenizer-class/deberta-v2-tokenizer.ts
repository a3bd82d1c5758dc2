import { metaspaceJson } from "./metaspace-json.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/deberta_v2/tokenization_deberta_v2.py */
export const debertaV2Tokenizer: TokenizerClass = {
  withTypeIds: ["DebertaV2Tokenizer"],
  withoutTypeIds: [],
  model: "Unigram",
  stages(_json, config) {
    const normalizers = [
      ...(config.do_lower_case ? [{ type: "Lowercase" }] : []),
      { type: "Replace", pattern: { Regex: "\\s{2,}|[\\n\\r\\t]" }, content: " " },
      { type: "NFC" },
      { type: "Strip", strip_left: false, strip_right: true },
    ];
    const pretokenizers = [
      ...(config.split_by_punct ? [{ type: "Punctuation", behavior: "Isolated" }] : []),
      metaspaceJson((config.add_prefix_space ?? true) ? "always" : "first"),
    ];
    return {
      normalizer: { type: "Sequence", normalizers },
      pre_tokenizer: { type: "Sequence", pretokenizers },
    };
  },
};
