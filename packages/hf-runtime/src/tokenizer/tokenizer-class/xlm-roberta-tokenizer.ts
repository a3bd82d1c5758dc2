import { bosEosJson } from "./bos-eos-json.js";
import { fairseqPieces } from "./fairseq-pieces.js";
import { FAIRSEQ_TOKENS } from "./fairseq-tokens.js";
import { sentencePieceStages } from "./sentence-piece-stages.js";
import type { TokenizerClass } from "./tokenizer-class.js";
import { unigramFields } from "./unigram-fields.js";

/** XLM-RoBERTa's class: transformers/models/xlm_roberta/tokenization_xlm_roberta.py */
export const xlmRobertaTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["XLMRobertaTokenizer"],
  model: "Unigram",
  specialTokens: FAIRSEQ_TOKENS,
  files: ["sentencepiece.bpe.model"],
  modelFields: () => unigramFields(3),
  postProcessor: (tokenOf) => bosEosJson(tokenOf("bos_token"), tokenOf("eos_token")),
  pieces: fairseqPieces,
  stages: sentencePieceStages,
};
