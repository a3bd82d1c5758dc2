import { bertStages, wordPieceFields } from "./bert-tokenizer.js";
import { robertaProcessing } from "./roberta-tokenizer.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** MPNet's class: transformers/models/mpnet/tokenization_mpnet.py */
export const mpnetTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["MPNetTokenizer"],
  model: "WordPiece",
  specialTokens: {
    bos_token: "<s>",
    eos_token: "</s>",
    unk_token: "[UNK]",
    sep_token: "</s>",
    pad_token: "<pad>",
    cls_token: "<s>",
    mask_token: { content: "<mask>", lstrip: true, special: true, normalized: false },
  },
  files: ["vocab.txt"],
  stages: (_json, config) => bertStages(config),
  modelFields: wordPieceFields,
  postProcessor: robertaProcessing,
};
