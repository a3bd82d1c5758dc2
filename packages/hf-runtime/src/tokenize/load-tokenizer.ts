import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import type { ModelFiles } from "../files/model-files.js";
import { modelMaxLength, type PositionsJson } from "./max-length.js";
import { ModelTokenizer } from "./model-tokenizer.js";
import { sequenceTemplate } from "./sequence-template.js";
import type { TextModel } from "./text-model.js";
import type { TextTokenizer } from "./text-tokenizer.js";
import type { Side, SpecialTokenJson, TokenizerConfigJson, TokenizerJson } from "./tokenizer-json.js";
import { UpstreamTextModel } from "./upstream-text-model.js";

export interface LoadTokenizerOptions {
  /** Longest input in tokens, special tokens counted. @default the model's own limit */
  readonly maxLength?: number;
  /** Folder of the tokenizer's files inside the repository, as modules.json may name it. @default the root */
  readonly folder?: string;
}

interface SentenceTransformersJson {
  readonly max_seq_length?: number | null;
  readonly do_lower_case?: boolean;
}

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
  const read = <T>(name: string) => files.readJson<T>(options.folder ? `${options.folder}/${name}` : name);
  const [json, config, tokenizerConfig, sentence] = await Promise.all([
    read<TokenizerJson>("tokenizer.json"),
    read<PositionsJson>("config.json"),
    read<TokenizerConfigJson>("tokenizer_config.json"),
    read<SentenceTransformersJson>("sentence_bert_config.json"),
  ]);
  if (!json) throw new UnsupportedTokenizerError(files.model, "it has no tokenizer.json.");
  const template = sequenceTemplate(json.post_processor);
  if (!template) {
    throw new UnsupportedTokenizerError(
      files.model,
      `its tokenizer.json has a post-processor of an unknown kind (${json.post_processor?.type}).`,
    );
  }
  const model = new UpstreamTextModel(json, tokenizerConfig ?? {});
  return new ModelTokenizer(model, template, {
    maxLength:
      options.maxLength ?? modelMaxLength(config ?? {}, tokenizerConfig ?? {}, sentence?.max_seq_length),
    padId: padId(model, json, tokenizerConfig, config),
    paddingSide: side(tokenizerConfig?.padding_side ?? json.padding?.direction),
    truncationSide: side(tokenizerConfig?.truncation_side ?? json.truncation?.direction),
  });
}

function padId(
  model: TextModel,
  json: TokenizerJson,
  tokenizerConfig: TokenizerConfigJson | undefined,
  config: PositionsJson | undefined,
): number {
  const named = [tokenName(tokenizerConfig?.pad_token), ...USUAL_PAD_TOKENS];
  const ids = named.map((token) => (token === undefined ? undefined : model.tokenId(token)));
  // The attention mask hides padding, so a model without a padding token can take any id.
  return ids.find((id) => id !== undefined) ?? json.padding?.pad_id ?? config?.pad_token_id ?? 0;
}

function tokenName(token: SpecialTokenJson | null | undefined): string | undefined {
  return typeof token === "object" ? token?.content : token;
}

function side(value: Side | undefined): "left" | "right" {
  return value?.toLowerCase() === "left" ? "left" : "right";
}
