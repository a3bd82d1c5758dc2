import type { SpecialTokenJson, TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import type { ClassStages, TokenizerClass } from "./tokenizer-class.js";

/** transformers/models/deberta/tokenization_deberta.py. Two separators are between the texts of a pair, whatever the file says. */
export const debertaTokenizer: TokenizerClass = {
  withTypeIds: ["DebertaTokenizer"],
  withoutTypeIds: [],
  model: "BPE",
  stages: (json, config) => ({
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: config.add_prefix_space ?? false },
    ...pairsOf(json, config),
  }),
};

/** The file's own rules stay if a token is not in its vocabulary. */
function pairsOf(json: TokenizerJson, config: TokenizerConfigJson): Pick<ClassStages, "post_processor"> {
  const [cls, sep] = [named(json, config.cls_token, "[CLS]"), named(json, config.sep_token, "[SEP]")];
  return cls && sep ? { post_processor: { type: "RobertaProcessing", cls, sep } } : {};
}

function named(
  { added_tokens, model }: TokenizerJson,
  configured: unknown,
  usual: string,
): [token: string, id: number] | undefined {
  const given = configured as SpecialTokenJson | null | undefined;
  const token = (typeof given === "object" ? given?.content : given) ?? usual;
  const vocabulary = model.vocab as Readonly<Record<string, number>>;
  const own = Object.hasOwn(vocabulary, token) ? vocabulary[token] : undefined;
  const id = added_tokens?.find(({ content }) => content === token)?.id ?? own;
  return id === undefined ? undefined : [token, id];
}
