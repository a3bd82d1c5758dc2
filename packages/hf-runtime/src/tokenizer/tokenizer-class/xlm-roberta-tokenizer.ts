import { precompiledOf } from "./precompiled-of.js";
import { prefixedWords } from "./prefixed-words.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/xlm_roberta/tokenization_xlm_roberta.py; CamemBERT's is the same. */
export const xlmRobertaTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["XLMRobertaTokenizer", "CamembertTokenizer"],
  model: "Unigram",
  stages: (json, config) => ({
    normalizer: precompiledOf(json) ?? null,
    pre_tokenizer: prefixedWords(config),
  }),
};
