import type { ComponentJson } from "../json/component-json.js";
import { bpeFields } from "./bpe-fields.js";
import { byteLevelStages } from "./byte-level-stages.js";
import { FAIRSEQ_TOKENS } from "./fairseq-tokens.js";
import type { TokenAndIdOf, TokenizerClass } from "./tokenizer-class.js";

/** RoBERTa's classes: transformers/models/roberta/tokenization_roberta.py */
export const robertaTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["RobertaTokenizer", "BartTokenizer", "LEDTokenizer", "LongformerTokenizer"],
  model: "BPE",
  specialTokens: FAIRSEQ_TOKENS,
  files: ["vocab.json", "merges.txt"],
  modelFields: () => bpeFields,
  postProcessor: robertaProcessing,
  stages: (_json, config) => byteLevelStages(config),
};

/** RoBERTa's post-processor, which MPNet and PhoBERT use, too. */
export function robertaProcessing(tokenOf: TokenAndIdOf): ComponentJson {
  return { type: "RobertaProcessing", sep: tokenOf("sep_token"), cls: tokenOf("cls_token") };
}
