import { bosEosJson } from "./bos-eos-json.js";
import { FAIRSEQ_TOKENS } from "./fairseq-tokens.js";
import { sentencePieceStages } from "./sentence-piece-stages.js";
import { specialToken } from "./special-token.js";
import type { TokenizerClass } from "./tokenizer-class.js";
import { unigramFields } from "./unigram-fields.js";

/** CamemBERT's class: transformers/models/camembert/tokenization_camembert.py */
export const camembertTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["CamembertTokenizer"],
  model: "Unigram",
  specialTokens: {
    ...FAIRSEQ_TOKENS,
    mask_token: { content: "<mask>", lstrip: true, special: true, normalized: false },
  },
  files: ["sentencepiece.bpe.model"],
  stages: sentencePieceStages,
  modelFields: (_model, tokenOf, find) => unigramFields(find(tokenOf("unk_token") ?? "")?.id ?? 0),
  postProcessor: (tokenOf) => bosEosJson(tokenOf("bos_token"), tokenOf("eos_token")),
  pieces: (pieces, tokenOf) => [
    ["<s>NOTUSED", 0],
    [tokenOf("pad_token") ?? "<pad>", 0],
    ["</s>NOTUSED", 0],
    [tokenOf("unk_token") ?? "<unk>", 0],
    ["<unk>NOTUSED", -100],
    ...pieces.slice(1),
    [tokenOf("mask_token") ?? "<mask>", 0],
  ],
  extraTokens: (own) => own ?? ["<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"].map(specialToken),
};
