import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";

/** The fields of config.json that a tokenizer's class goes by. */
export interface TokenizerClassJson {
  readonly model_type?: string;
  readonly tokenizer_class?: string | null;
}

/** The class of those that are no more than a tokenizer.json. */
const PLAIN_CLASS = "TokenizersBackend";

/** transformers' class for each type of model (TOKENIZER_MAPPING_NAMES of 5.23). */
const CLASS_OF_MODEL: Readonly<Record<string, string>> = {
  albert: "AlbertTokenizer",
  bert: "BertTokenizer",
  camembert: "CamembertTokenizer",
  "deberta-v2": "DebertaV2Tokenizer",
  distilbert: "BertTokenizer",
  electra: "BertTokenizer",
  // Whatever its repositories say, since they say wrong things.
  modernbert: PLAIN_CLASS,
  mpnet: "MPNetTokenizer",
  roberta: "RobertaTokenizer",
  "xlm-roberta": "XLMRobertaTokenizer",
};

/** Other names of the same classes. */
const ALIASES: Readonly<Record<string, string>> = {
  ElectraTokenizer: "BertTokenizer",
  LayoutLMTokenizer: "BertTokenizer",
  LxmertTokenizer: "BertTokenizer",
  MobileBertTokenizer: "BertTokenizer",
  SqueezeBertTokenizer: "BertTokenizer",
  BartTokenizer: "RobertaTokenizer",
  LEDTokenizer: "RobertaTokenizer",
  LongformerTokenizer: "RobertaTokenizer",
};

/** Classes that tell the two texts of a pair apart by `token_type_ids`. */
const WITH_TYPES = new Set(["BertTokenizer", "ConvBertTokenizer", "DebertaTokenizer", "DebertaV2Tokenizer"]);

/**
 * The class that transformers' AutoTokenizer takes for a repository: what its files name, else its model type's.
 * @returns undefined where neither says anything
 */
export function tokenizerClass(
  tokenizerConfig: TokenizerConfigJson,
  config: TokenizerClassJson,
): string | undefined {
  const named = (tokenizerConfig.tokenizer_class ?? config.tokenizer_class)?.replace(/Fast$/, "");
  const usual = CLASS_OF_MODEL[config.model_type ?? ""];
  if (usual === PLAIN_CLASS) return usual;
  return named === undefined ? usual : (ALIASES[named] ?? named);
}

/**
 * Whether a model is given `token_type_ids`; if not, it takes both texts of a pair for its first segment.
 * @param kind the tokenizer's class; of an unknown one, what tokenizer.json writes counts
 */
export function givesTypeIds(tokenizerConfig: TokenizerConfigJson, kind: string | undefined): boolean {
  const { model_input_names: names } = tokenizerConfig;
  if (names) return names.includes("token_type_ids");
  return kind === undefined || WITH_TYPES.has(kind);
}
