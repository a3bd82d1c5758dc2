import { PYTHON_SPACES } from "../unicode/python-spaces.js";
import { FAIRSEQ_TOKENS } from "./fairseq-tokens.js";
import { robertaProcessing } from "./roberta-tokenizer.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/**
 * A word with the line end after it: `\S+
 * ?` with Python's white space, in the syntax of tokenizer.json.
 */
const WORD = `[^${PYTHON_SPACES}]+\\n?`;

/**
 * PhoBERT's class, which has no tokenizer.json: transformers/models/phobert/tokenization_phobert.py. The caller must segment Vietnamese
 * words: "Hà_Nội là thủ_đô".
 */
export const phobertTokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["PhobertTokenizer"],
  model: "FastBPE",
  specialTokens: FAIRSEQ_TOKENS,
  files: ["vocab.txt", "bpe.codes"],
  keepsIds: true,
  stages: () => ({
    normalizer: null,
    pre_tokenizer: { type: "Split", pattern: { Regex: WORD }, behavior: "Removed", invert: true },
  }),
  modelFields: (_, tokenOf) => ({ unk_token: tokenOf("unk_token") ?? null }),
  postProcessor: robertaProcessing,
};
