import { messageOf } from "../errors/message-of.js";
import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { addedTokens } from "./added-tokens.js";
import { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import { boundaryTemplate } from "./boundary-template.js";
import type { ComponentJson } from "./json/component-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import { markerTokens, withMarkers } from "./marker-tokens.js";
import type { Model } from "./model/model.js";
import { UnigramModel } from "./model/unigram-model.js";
import { WordPieceModel } from "./model/word-piece.js";
import { modelMaxLength } from "./model-max-length.js";
import { padId } from "./pad-id.js";
import { createPipeline } from "./pipeline/create-pipeline.js";
import type { Pipeline } from "./pipeline/pipeline.js";
import { createPostProcessor } from "./post-processor/create-post-processor.js";
import { readAsBert } from "./post-processor/read-as-bert.js";
import { withoutTypeIds } from "./post-processor/without-type-ids.js";
import { type LoadTokenizerOptions, type ReadTokenizer, readTokenizer, sideOf } from "./read-tokenizer.js";
import type { TextTokenizer } from "./text-tokenizer.js";
import { Tokenizer } from "./tokenizer.js";
import { NO_ARCHITECTURES } from "./tokenizer-class/architecture-tokenizers.js";
import { givesTypeIds } from "./tokenizer-class/gives-type-ids.js";
import type { SpecialTokenName } from "./tokenizer-class/special-token-names.js";
import type { TokenAndIdOf, TokenizerClass } from "./tokenizer-class/tokenizer-class.js";
import type { TrimSpaces } from "./trim-spaces.js";

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
  return buildTokenizer(await readTokenizer(files, options));
}

/**
 * Builds the tokenizer that the files describe.
 * @throws UnsupportedTokenizerError if it has parts that are unknown here
 */
export async function buildTokenizer(from: ReadTokenizer): Promise<TextTokenizer> {
  const { model, options, config, tokenizerConfig, overriding, sentence, className } = from;
  const { special, named, isFile, read, builder, json, paddingSide } = from;
  const pipeline = await buildPipeline(model, json, tokenizerConfig, from.built);
  await read.keep(pipeline.model);
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
      model,
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
      model,
      `its tokenizer.json has a post-processor of an unknown kind (${processor?.type}).`,
    );
  }
  const { text, common } = sentence.processing_kwargs ?? {};
  const maxSeqLength =
    common?.max_length ?? text?.max_length ?? overriding.model_max_length ?? sentence.max_seq_length;
  const typed = givesTypeIds(tokenizerConfig, className) ? postProcessor : withoutTypeIds(postProcessor);
  return new Tokenizer(vocabulary, typed, {
    maxLength:
      options.maxLength ??
      modelMaxLength(config, tokenizerConfig, options.architectures ?? NO_ARCHITECTURES, maxSeqLength),
    padId: padId(vocabulary, json, named.get("pad_token")?.content, config),
    paddingSide,
    truncationSide: sideOf(tokenizerConfig.truncation_side ?? json.truncation?.direction),
    trimsSpaces: trimsSpaces(processor),
  });
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
  // Listing the keys of a large object takes some 10 ms.
  if (model instanceof WordPieceModel) return model.size;
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
