import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import type { ModelFiles } from "../model-source/model-files.js";
import type { Side } from "./json/side.js";
import type { SpecialTokenJson, TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import { modelMaxLength, type PositionsJson } from "./max-length.js";
import { ModelTokenizer } from "./model-tokenizer.js";
import { readTokenizer } from "./read-tokenizer.js";
import { SectionedTextModel } from "./sectioned-text-model.js";
import { sequenceTemplate, withoutTypes } from "./sequence-template.js";
import type { TextModel } from "./text-model.js";
import type { TextTokenizer } from "./text-tokenizer.js";
import { givesTypeIds, type TokenizerClassJson, tokenizerClass } from "./tokenizer-class.js";

export interface LoadTokenizerOptions {
  /** Longest input in tokens, special tokens counted. @default the model's own limit */
  readonly maxLength?: number;
  /** Whether `sentence_bert_config.json` counts: to sentence-transformers, only in a model of its own. @default true */
  readonly sentenceConfig?: boolean;
  /** Folder of the tokenizer's files inside the repository, as modules.json may name it. @default the root */
  readonly folder?: string;
}

/** `sentence_bert_config.json`, also under the names it had for other models. */
interface SentenceTransformersJson {
  readonly max_seq_length?: number | null;
  readonly do_lower_case?: boolean;
  /** Settings that go before those of tokenizer_config.json; `tokenizer_args` before sentence-transformers 5.4. */
  readonly processor_kwargs?: TokenizerConfigJson;
  readonly tokenizer_args?: TokenizerConfigJson;
  /** What each call of the tokenizer is given, the "text" before the "common". */
  readonly processing_kwargs?: Readonly<Record<string, { readonly max_length?: number } | undefined>>;
}

const SENTENCE_CONFIGS = ["bert", "roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet"].map(
  (name) => `sentence_${name}_config.json`,
);

/** Tokens that pad in the models whose files do not say so. */
const USUAL_PAD_TOKENS = ["[PAD]", "<pad>"];

/**
 * Builds the tokenizer of a model, with the limits of its `config.json`, `tokenizer_config.json` and
 * `sentence_bert_config.json`. Truncation and padding written into tokenizer.json count for their side only, as in
 * sentence-transformers.
 * @throws UnsupportedTokenizerError when the repository has no tokenizer that can be read here
 */
export async function loadTokenizer(
  files: ModelFiles,
  options: LoadTokenizerOptions = {},
): Promise<TextTokenizer> {
  const prefix = options.folder ? `${options.folder}/` : "";
  const [config = {}, ownConfig = {}, sentence = {}] = await Promise.all([
    files.readJson<PositionsJson & TokenizerClassJson>(`${prefix}config.json`),
    files.readJson<TokenizerConfigJson>(`${prefix}tokenizer_config.json`),
    options.sentenceConfig === false ? undefined : readSentenceConfig(files, prefix),
  ]);
  const overriding = sentence.processor_kwargs ?? sentence.tokenizer_args ?? {};
  const tokenizerConfig = { ...ownConfig, ...overriding };
  const lowercase = sentence.do_lower_case === true;
  const kind = tokenizerClass(ownConfig, config);
  const { json, encoder } = await readTokenizer({ files, prefix, config: tokenizerConfig, kind, lowercase });
  const template = sequenceTemplate(json.post_processor);
  if (!template) {
    throw new UnsupportedTokenizerError(
      files.model,
      `its tokenizer.json has a post-processor of an unknown kind (${json.post_processor?.type}).`,
    );
  }
  const model = new SectionedTextModel(encoder, json.added_tokens ?? []);
  const { text, common } = sentence.processing_kwargs ?? {};
  const maxSeqLength =
    text?.max_length ?? common?.max_length ?? overriding.model_max_length ?? sentence.max_seq_length;
  return new ModelTokenizer(model, givesTypeIds(tokenizerConfig, kind) ? template : withoutTypes(template), {
    maxLength: options.maxLength ?? modelMaxLength(config, tokenizerConfig, maxSeqLength),
    padId: padId(model, json, tokenizerConfig, config),
    paddingSide: side(tokenizerConfig.padding_side ?? json.padding?.direction),
    truncationSide: side(tokenizerConfig.truncation_side ?? json.truncation?.direction),
  });
}

async function readSentenceConfig(
  files: ModelFiles,
  prefix: string,
): Promise<SentenceTransformersJson | undefined> {
  for (const name of SENTENCE_CONFIGS) {
    const json = await files.readJson<SentenceTransformersJson>(prefix + name);
    if (json) return json;
  }
  return undefined;
}

function padId(
  model: TextModel,
  json: TokenizerJson,
  tokenizerConfig: TokenizerConfigJson,
  config: PositionsJson,
): number {
  const named = [tokenName(tokenizerConfig.pad_token), ...USUAL_PAD_TOKENS];
  const ids = named.map((token) => (token === undefined ? undefined : model.tokenId(token)));
  // The attention mask hides padding, so a model without a padding token can take any id.
  return ids.find((id) => id !== undefined) ?? json.padding?.pad_id ?? config.pad_token_id ?? 0;
}

function tokenName(token: SpecialTokenJson | null | undefined): string | undefined {
  return typeof token === "object" ? token?.content : token;
}

function side(value: Side | undefined): "left" | "right" {
  return value?.toLowerCase() === "left" ? "left" : "right";
}
