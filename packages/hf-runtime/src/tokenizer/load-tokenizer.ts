import { messageOf } from "../errors/message-of.js";
import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import type { Side } from "../json/side.js";
import { configJson } from "../model-source/config-json.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import { type TokenizerConfigJson, tokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import type { UnigramModel } from "./model/unigram-model.js";
import { modelMaxLength } from "./model-max-length.js";
import { padId } from "./pad-id.js";
import { createPipeline } from "./pipeline/create-pipeline.js";
import type { Pipeline } from "./pipeline/pipeline.js";
import { createPostProcessor } from "./post-processor/create-post-processor.js";
import { withoutTypeIds } from "./post-processor/without-type-ids.js";
import { readSentenceConfig } from "./read-sentence-config.js";
import { readTokenizerJson } from "./read-tokenizer-json.js";
import type { TextTokenizer } from "./text-tokenizer.js";
import { Tokenizer } from "./tokenizer.js";
import { type ArchitectureTokenizers, NO_ARCHITECTURES } from "./tokenizer-class/architecture-tokenizers.js";
import { givesTypeIds } from "./tokenizer-class/gives-type-ids.js";
import { tokenizerClassName } from "./tokenizer-class/tokenizer-class-name.js";
import { withClassStages } from "./tokenizer-class/with-class-stages.js";
import { withLowercase } from "./with-lowercase.js";

export interface LoadTokenizerOptions {
  /** Longest input in tokens, special tokens counted. @default the model's own limit */
  readonly maxLength?: number;
  /** Whether `sentence_bert_config.json` counts: sentence-transformers reads it only in its own models. @default true */
  readonly sentenceConfig?: boolean;
  /** Folder of the tokenizer's files inside the repository, as modules.json may name it. @default the root */
  readonly folder?: string;
  /** The side that texts of a batch are padded on. @default the model's own */
  readonly paddingSide?: "left" | "right";
  /** What the model type says about the tokenizer. @default nothing: the files alone count */
  readonly architectures?: ArchitectureTokenizers;
}

/**
 * Builds the tokenizer of a model, with the limits of its `config.json`, `tokenizer_config.json` and
 * `sentence_bert_config.json`. Truncation and padding written into tokenizer.json count for their side only, as in
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
  const overriding = sentence.processor_kwargs ?? sentence.tokenizer_args ?? {};
  const tokenizerConfig = { ...ownConfig, ...overriding };
  const className = tokenizerClassName(ownConfig, config, architectures);
  const read = await readTokenizerJson({ files, prefix, config: tokenizerConfig });
  const withClass = withClassStages(read.json, tokenizerConfig, className);
  const json =
    sentence.do_lower_case === true
      ? { ...withClass, normalizer: withLowercase(withClass.normalizer) }
      : withClass;
  const pipeline = await buildPipeline(files.model, json, tokenizerConfig, read.model);
  await read.keep(pipeline.model);
  const postProcessor = createPostProcessor(json.post_processor);
  if (!postProcessor) {
    throw new UnsupportedTokenizerError(
      files.model,
      `its tokenizer.json has a post-processor of an unknown kind (${json.post_processor?.type}).`,
    );
  }
  const vocabulary = new AddedVocabulary(pipeline, json.added_tokens ?? []);
  const { text, common } = sentence.processing_kwargs ?? {};
  const maxSeqLength =
    text?.max_length ?? common?.max_length ?? overriding.model_max_length ?? sentence.max_seq_length;
  const typed = givesTypeIds(tokenizerConfig, className) ? postProcessor : withoutTypeIds(postProcessor);
  return new Tokenizer(vocabulary, typed, {
    maxLength: options.maxLength ?? modelMaxLength(config, tokenizerConfig, architectures, maxSeqLength),
    padId: padId(vocabulary, json, tokenizerConfig, config),
    paddingSide: options.paddingSide ?? side(tokenizerConfig.padding_side ?? json.padding?.direction),
    truncationSide: side(tokenizerConfig.truncation_side ?? json.truncation?.direction),
  });
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
