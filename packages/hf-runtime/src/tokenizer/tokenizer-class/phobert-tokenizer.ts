import { PYTHON_SPACES } from "../unicode/python-spaces.js";
import { FAIRSEQ_TOKENS } from "./fairseq-tokens.js";
import { robertaProcessing } from "./roberta-tokenizer.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/** Words, each with the line end behind it: `\S+\n?` with Python's white space, in the syntax of tokenizer.json. */
const WORD = `[^${PYTHON_SPACES}]+\\n?`;

/**
 * transformers/models/phobert/tokenization_phobert.py. It has no tokenizer.json. Words of Vietnamese are expected to be segmented by the
 * caller: "Hà_Nội là thủ_đô".
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
