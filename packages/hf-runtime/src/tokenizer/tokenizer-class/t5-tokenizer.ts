import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import { sentencePieceStages } from "./sentence-piece-stages.js";
import { specialToken } from "./special-token.js";
import { templateJson } from "./template-json.js";
import type { TokenizerClass } from "./tokenizer-class.js";
import { unigramFields } from "./unigram-fields.js";

/** Number of sentinel tokens if the repository does not set `extra_ids`. */
const EXTRA_IDS = 100;

/** T5's class: transformers/models/t5/tokenization_t5.py */
export const t5Tokenizer: TokenizerClass = {
  withTypeIds: [],
  withoutTypeIds: ["T5Tokenizer"],
  model: "Unigram",
  specialTokens: { eos_token: "</s>", unk_token: "<unk>", pad_token: "<pad>" },
  files: ["spiece.model"],
  stages: (json) => sentencePieceStages(json, {}),
  modelFields: () => unigramFields(2),
  postProcessor(tokenOf) {
    // T5 always uses this spelling, whatever the files call the token.
    const eos = ["</s>", tokenOf("eos_token")[1]] as const;
    return templateJson(["A", eos], ["A", eos, "B", eos]);
  },
  pieces: (pieces, _, config) => [
    ...pieces,
    ...sentinels(config)
      .reverse()
      .map((token) => [token, 0] as const),
  ],
  extraTokens: (own, config) => [...(own ?? []), ...sentinels(config).map(specialToken)],
};

function sentinels({ extra_ids: count }: TokenizerConfigJson): string[] {
  const length = typeof count === "number" ? count : EXTRA_IDS;
  return Array.from({ length }, (_, index) => `<extra_id_${index}>`);
}
