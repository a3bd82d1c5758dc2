import { clsSepJson } from "./cls-sep-json.js";
import { metaspaceJson } from "./metaspace-json.js";
import type { TokenizerClass } from "./tokenizer-class.js";
import { unigramFields } from "./unigram-fields.js";

/** The class of DeBERTa 2 and 3: transformers/models/deberta_v2/tokenization_deberta_v2.py */
export const debertaV2Tokenizer: TokenizerClass = {
  withTypeIds: ["DebertaV2Tokenizer"],
  withoutTypeIds: [],
  model: "Unigram",
  specialTokens: {
    bos_token: "[CLS]",
    eos_token: "[SEP]",
    unk_token: "[UNK]",
    sep_token: "[SEP]",
    pad_token: "[PAD]",
    cls_token: "[CLS]",
    mask_token: "[MASK]",
  },
  files: ["spm.model"],
  modelFields(model, tokenOf, find) {
    const unknown = find(tokenOf("unk_token") ?? "");
    return unigramFields(unknown?.score === 0 ? unknown.id : ((model.unk_id as number | undefined) ?? 1));
  },
  postProcessor: (tokenOf) => clsSepJson(tokenOf("cls_token"), tokenOf("sep_token")),
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
