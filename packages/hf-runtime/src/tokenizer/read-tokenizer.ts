import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import { type ConfigJson, configJson } from "../model-source/config-json.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { classTokenizerJson } from "./class-tokenizer-json.js";
import type { SentenceConfigJson } from "./json/sentence-config-json.js";
import { type TokenizerConfigJson, tokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import type { UnigramModel } from "./model/unigram-model.js";
import { readSentenceConfig } from "./read-sentence-config.js";
import { type ReadTokenizerJson, readTokenizerJson } from "./read-tokenizer-json.js";
import { type NewToken, readSpecialTokens, type SpecialTokens, withClassTokens } from "./special-tokens.js";
import { type ArchitectureTokenizers, NO_ARCHITECTURES } from "./tokenizer-class/architecture-tokenizers.js";
import { bertTokenizer } from "./tokenizer-class/bert-tokenizer.js";
import { builtByClass } from "./tokenizer-class/built-by-class.js";
import { findTokenizerClass } from "./tokenizer-class/find-tokenizer-class.js";
import type { SpecialTokenName } from "./tokenizer-class/special-token-names.js";
import type { TokenizerClass } from "./tokenizer-class/tokenizer-class.js";
import { tokenizerClassName } from "./tokenizer-class/tokenizer-class-name.js";
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

/** What a repository's files say about its tokenizer, which is not built yet. */
export interface ReadTokenizer {
  /** The user's name of the model, for messages. */
  readonly model: string;
  readonly options: LoadTokenizerOptions;
  readonly config: ConfigJson;
  /** tokenizer_config.json, with the overriding settings. */
  readonly tokenizerConfig: TokenizerConfigJson;
  /** Settings of sentence_bert_config.json that override tokenizer_config.json. */
  readonly overriding: TokenizerConfigJson;
  readonly sentence: SentenceConfigJson;
  readonly className: string | undefined;
  readonly special: SpecialTokens;
  /** The named special tokens, those of the class included. */
  readonly named: ReadonlyMap<SpecialTokenName, NewToken>;
  /** Whether there is a tokenizer.json. */
  readonly isFile: boolean;
  readonly read: ReadTokenizerJson;
  /** The class that decides how the tokenizer is built; undefined if the file does. */
  readonly builder: TokenizerClass | undefined;
  /** The tokenizer.json that is built, by a class or as it is in the file. */
  readonly json: TokenizerJson;
  /** A Unigram model that is already built; it replaces that of `json`. */
  readonly built: UnigramModel | undefined;
  /** The side that texts of a batch are padded on. */
  readonly paddingSide: "left" | "right";
}

/**
 * Reads a tokenizer's files. It takes about as long as building the tokenizer of them, and the model's graph needs to know no more than this.
 * @throws UnsupportedTokenizerError if the repository has no tokenizer that can be read here
 */
export async function readTokenizer(
  files: ModelFiles,
  options: LoadTokenizerOptions = {},
): Promise<ReadTokenizer> {
  const { architectures = NO_ARCHITECTURES } = options;
  const { model } = files;
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
  checkNoDropout(model, json);
  const configured = tokenizerConfig.padding_side ?? json.padding?.direction ?? builder?.paddingSide;
  return {
    model,
    options,
    config,
    tokenizerConfig,
    overriding,
    sentence,
    className,
    special,
    named: builder ? usual : withClassTokens(special, {}),
    isFile,
    read,
    builder,
    json,
    built: own.model,
    paddingSide: options.paddingSide ?? sideOf(configured),
  };
}

/** A side as it is written in a model's files; right if there is none. */
export function sideOf(value: string | null | undefined): "left" | "right" {
  return value?.toLowerCase() === "left" ? "left" : "right";
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
