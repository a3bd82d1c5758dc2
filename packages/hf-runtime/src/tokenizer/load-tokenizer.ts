import { messageOf } from "../errors/message-of.js";
import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import type { Side } from "../json/side.js";
import { configJson } from "../model-source/config-json.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { addedTokens } from "./added-tokens.js";
import { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import { boundaryTemplate } from "./boundary-template.js";
import { classTokenizerJson } from "./class-tokenizer-json.js";
import type { ComponentJson } from "./json/component-json.js";
import { type TokenizerConfigJson, tokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import { markerTokens, withMarkers } from "./marker-tokens.js";
import type { Model } from "./model/model.js";
import { UnigramModel } from "./model/unigram-model.js";
import { modelMaxLength } from "./model-max-length.js";
import { padId } from "./pad-id.js";
import { createPipeline } from "./pipeline/create-pipeline.js";
import type { Pipeline } from "./pipeline/pipeline.js";
import { createPostProcessor } from "./post-processor/create-post-processor.js";
import { readAsBert } from "./post-processor/read-as-bert.js";
import { withoutTypeIds } from "./post-processor/without-type-ids.js";
import { readSentenceConfig } from "./read-sentence-config.js";
import { readTokenizerJson } from "./read-tokenizer-json.js";
import { readSpecialTokens, withClassTokens } from "./special-tokens.js";
import type { TextTokenizer } from "./text-tokenizer.js";
import { Tokenizer } from "./tokenizer.js";
import { type ArchitectureTokenizers, NO_ARCHITECTURES } from "./tokenizer-class/architecture-tokenizers.js";
import { bertTokenizer } from "./tokenizer-class/bert-tokenizer.js";
import { builtByClass } from "./tokenizer-class/built-by-class.js";
import { findTokenizerClass } from "./tokenizer-class/find-tokenizer-class.js";
import { givesTypeIds } from "./tokenizer-class/gives-type-ids.js";
import type { SpecialTokenName } from "./tokenizer-class/special-token-names.js";
import type { TokenAndIdOf, TokenizerClass } from "./tokenizer-class/tokenizer-class.js";
import { tokenizerClassName } from "./tokenizer-class/tokenizer-class-name.js";
import type { TrimSpaces } from "./trim-spaces.js";
import { withFileScores } from "./with-file-scores.js";
import { withLowercase } from "./with-lowercase.js";

export interface LoadTokenizerOptions {
  /** Longest input in tokens, special tokens counted. @default the model's own limit */
  readonly maxLength?: number;
  /** Whether `sentence_bert_config.json` is read: sentence-transformers reads it only in its own models. @default true */
  readonly sentenceConfig?: boolean;
  /** Folder of the tokenizer's files inside the repository, as modules.json may name it. @default the root */
  readonly folder?: string;
  /** The side that texts of a batch are padded on. @default the model's own */
  readonly paddingSide?: "left" | "right";
  /** Prefixes of texts, such as "[unused0] ", that become single tokens although they are ordinary words of the vocabulary. @default none */
  readonly markers?: readonly string[] | undefined;
  /** Tokenizer settings of model types. @default none: only the files count */
  readonly architectures?: ArchitectureTokenizers;
}

/**
 * Builds the tokenizer of a model, with the limits of its `config.json`, `tokenizer_config.json` and
 * `sentence_bert_config.json`. Of the truncation and padding in tokenizer.json only the side counts, as in
 * sentence-transformers.
 * @throws UnsupportedTokenizerError if the repository has no tokenizer that can be read here
 */
export async function loadTokenizer(
  files: ModelFiles,
  options: LoadTokenizerOptions = {},
): Promise<TextTokenizer> {
  const { architectures = NO_ARCHITECTURES } = options;
  const prefix = options.folder ? `${options.folder}/` : "";
  const [config = {}, ownConfig = {}, sentence = {}] = await Promise.all([
    files.readJson(`${prefix}config.json`, configJson),
    files.readJson(`${prefix}tokenizer_config.json`, tokenizerConfigJson),
    options.sentenceConfig === false ? undefined : readSentenceConfig(files, prefix),
  ]);
  const overriding = sentence.processor_kwargs ?? {};
  const tokenizerConfig = { ...ownConfig, ...overriding };
  const className = tokenizerClassName(ownConfig, config, architectures);
  const special = await readSpecialTokens({ files, prefix, config: tokenizerConfig, overriding });
  const known = findTokenizerClass(className) ?? (await isBertVocabulary(files, prefix, className));
  const usual = withClassTokens(special, known?.specialTokens ?? {});
  const tokenOf = (name: SpecialTokenName) => usual.get(name)?.content;
  const read = await readTokenizerJson({ files, prefix, config: tokenizerConfig, known, tokenOf });
  const isFile = read.extra === undefined && (await files.has(`${prefix}tokenizer.json`));
  const builder = isFile ? builtByClass(read.json, className) : known;
  const own = builder
    ? classTokenizerJson(builder, read, tokenizerConfig, tokenOf)
    : await withFileScores(read);
  const json =
    sentence.do_lower_case === true
      ? { ...own.json, normalizer: withLowercase(own.json.normalizer) }
      : own.json;
  checkNoDropout(files.model, json);
  const pipeline = await buildPipeline(files.model, json, tokenizerConfig, own.model);
  await read.keep(pipeline.model);
  const named = builder ? usual : withClassTokens(special, {});
  const tokens = addedTokens({
    vocabulary: {
      size: vocabularySize(json.model, pipeline.model),
      tokenId: (token) => pipeline.model.tokenId(token),
    },
    file: read.json.added_tokens ?? [],
    isBuilt: builder !== undefined,
    keepsIds: builder?.keepsIds,
    special,
    named: [...named.values()],
    extra: builder?.extraTokens?.(read.extra, tokenizerConfig) ?? read.extra,
  });
  const splits = tokenizerConfig.split_special_tokens === true;
  const plain = new AddedVocabulary(pipeline, tokens, splits);
  const marked = markerTokens(plain, options.markers ?? []);
  const vocabulary =
    marked.length > 0 ? new AddedVocabulary(pipeline, withMarkers(tokens, marked), splits) : plain;
  const tokenAndId = (name: SpecialTokenName): readonly [string, number] => {
    const token = named.get(name)?.content;
    const id = token === undefined ? undefined : vocabulary.tokenId(token);
    if (token !== undefined && id !== undefined) return [token, id];
    throw new UnsupportedTokenizerError(
      files.model,
      `its files name no ${name}, which a ${className} puts around texts.`,
    );
  };
  const processor = postProcessorOf(json, builder, {
    tokenAndId,
    config: tokenizerConfig,
    overriding,
    isFile,
  });
  const postProcessor = createPostProcessor(processor);
  if (!postProcessor) {
    throw new UnsupportedTokenizerError(
      files.model,
      `its tokenizer.json has a post-processor of an unknown kind (${processor?.type}).`,
    );
  }
  const { text, common } = sentence.processing_kwargs ?? {};
  const maxSeqLength =
    common?.max_length ?? text?.max_length ?? overriding.model_max_length ?? sentence.max_seq_length;
  const typed = givesTypeIds(tokenizerConfig, className) ? postProcessor : withoutTypeIds(postProcessor);
  const configured = side(tokenizerConfig.padding_side ?? json.padding?.direction ?? builder?.paddingSide);
  return new Tokenizer(vocabulary, typed, {
    maxLength: options.maxLength ?? modelMaxLength(config, tokenizerConfig, architectures, maxSeqLength),
    padId: padId(vocabulary, json, named.get("pad_token")?.content, config),
    paddingSide: options.paddingSide ?? configured,
    truncationSide: side(tokenizerConfig.truncation_side ?? json.truncation?.direction),
    trimsSpaces: trimsSpaces(processor),
  });
}

/** @throws UnsupportedTokenizerError if a BPE model leaves out merges at random (dropout), which only training does */
function checkNoDropout(model: string, { model: { dropout } }: TokenizerJson): void {
  if (!dropout) return;
  throw new UnsupportedTokenizerError(
    model,
    `its tokenizer.json leaves out merges at random, so that a text has other tokens each time: set model.dropout to null instead of ${dropout}.`,
  );
}

/** BERT's class, if a repository has a vocab.txt and names neither a class nor a model type. */
async function isBertVocabulary(
  files: ModelFiles,
  prefix: string,
  className: string | undefined,
): Promise<TokenizerClass | undefined> {
  if (className !== undefined || !(await files.has(`${prefix}vocab.txt`))) return undefined;
  return bertTokenizer;
}

interface PostProcessorOptions {
  readonly tokenAndId: TokenAndIdOf;
  readonly config: TokenizerConfigJson;
  readonly overriding: TokenizerConfigJson;
  /** Whether there is a tokenizer.json: settings of tokenizer_config.json count only if there is none. */
  readonly isFile: boolean;
}

/** The post-processor of the class, of the file, or of the settings `add_bos_token` and `add_eos_token`. */
function postProcessorOf(
  json: TokenizerJson,
  builder: TokenizerClass | undefined,
  { tokenAndId, config, overriding, isFile }: PostProcessorOptions,
): ComponentJson | null {
  if (builder?.postProcessor) return builder.postProcessor(tokenAndId, json);
  const { add_bos_token: bos, add_eos_token: eos } = isFile ? overriding : config;
  if (bos === undefined && eos === undefined) return readAsBert(json.post_processor);
  return boundaryTemplate(
    bos ? tokenAndId("bos_token") : undefined,
    eos ? tokenAndId("eos_token") : undefined,
  );
}

/** How a post-processor trims spaces off the places of tokens. Those of byte-level tokenizers do so by default. */
function trimsSpaces(processor: ComponentJson | null): TrimSpaces | undefined {
  if (processor?.type === "Sequence") {
    const parts = (processor.processors ?? []) as readonly ComponentJson[];
    return parts.map(trimsSpaces).find((one) => one !== undefined);
  }
  const isByteLevel = processor?.type === "ByteLevel" || processor?.type === "RobertaProcessing";
  if (!isByteLevel || processor.trim_offsets === false) return undefined;
  return { addsPrefix: processor.add_prefix_space !== false };
}

function vocabularySize({ vocab }: TokenizerJson["model"], model: Model): number {
  if (model instanceof UnigramModel) return model.tables.scores.length;
  return Array.isArray(vocab) ? vocab.length : Object.keys(vocab).length;
}

async function buildPipeline(
  model: string,
  json: TokenizerJson,
  config: TokenizerConfigJson,
  built: UnigramModel | undefined,
): Promise<Pipeline> {
  try {
    return await createPipeline(json, config, built);
  } catch (cause) {
    const problem = `a part of its tokenizer.json is unknown (${messageOf(cause)}).`;
    throw new UnsupportedTokenizerError(model, problem, { cause });
  }
}

function side(value: Side | null | undefined): "left" | "right" {
  return value?.toLowerCase() === "left" ? "left" : "right";
}
