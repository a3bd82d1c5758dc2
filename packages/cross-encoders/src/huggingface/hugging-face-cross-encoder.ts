import {
  ACTIVATION_NAMES,
  activationFunction,
  activationName,
  checkCallOptions,
  checkKnownOptions,
  checkOneOf,
  checkPairs,
  checkText,
  pickOptions,
  type TextPair,
  type VocabularyAware,
} from "@secondpass/core";
import type {
  Activation,
  CrossEncoder,
  LoadOptions,
  PredictOptions,
  PromptChoice,
  TokenRelevance,
} from "@secondpass/hf-runtime";
import { BaseCrossEncoder, type RankableScores, type ScoreOptions } from "../base-cross-encoder.js";
import { LazyEncoder } from "./lazy-encoder.js";
import { LOAD_FIELDS } from "./load-fields.js";
import type { Runtime } from "./load-runtime.js";
import { type Relevance, relevanceLabel, relevanceScores } from "./relevance.js";
import { reportTruncatedPairs, type TruncatedPair } from "./report-truncated-pairs.js";
import { scoreWindows } from "./score-windows.js";

/** Options of {@link HuggingFaceCrossEncoder}: where the model is, how it runs, and how its outputs become scores. */
export interface HuggingFaceCrossEncoderFields extends Omit<LoadOptions, "model" | "signal">, PromptChoice {
  /** A hub id, or the path of a folder in the same layout. @default "BAAI/bge-reranker-base" */
  readonly model?: string;
  /**
   * Activation function from logits to scores: "identity", "sigmoid", "softmax" and others.
   * @default the one in the model's configuration, else sigmoid for one label and identity for several
   */
  readonly activation?: Activation;
  /**
   * The label that means "relevant", by index or by name. @default the only one, or the second of several, as in LangChain Python
   */
  readonly label?: number | string;
  /** The text to cut if a pair is too long; "only_second" never cuts the query. @default "longest_first", as in Python */
  readonly truncation?: PredictOptions["truncation"];
  /**
   * What to do with a text that is too long together with its query: "truncate" reads its beginning, as Python does; "windows" reads
   * all of it in overlapping parts and uses the best part's score, which needs a pass for each part. @default "truncate"
   */
  readonly longTexts?: "truncate" | "windows";
  /** Called for each pair that is cut. Counting tokens takes time, so pairs are only counted if this is set. */
  readonly onTruncated?: (pair: TruncatedPair) => void;
  /** Called while a call runs, with the number of pairs (or windows) done, unless the call has an `onProgress`. */
  readonly onScored?: (done: number, total: number) => void;
}

/** Result of {@link HuggingFaceCrossEncoder.scoreTokens} for a pair. */
export interface ScoredTokens {
  /** The score, as from {@link HuggingFaceCrossEncoder.score}. */
  readonly score: number;
  /**
   * The tokens of the passage that the model has read, in order. `start` and `end` are in UTF-16 units, so that
   * `passage.slice(start, end)` is the token's text; `relevance` is from 0 to 1.
   */
  readonly tokens: readonly TokenRelevance[];
  /** The part of the passage that the model has read, in windows if it does not fit: `passage.slice(readStart, readEnd)`. The rest has no tokens. */
  readonly readStart: number;
  readonly readEnd: number;
}

/**
 * A cross-encoder of the Hugging Face hub, or from a folder, that runs on this machine. It computes the same scores as LangChain Python's
 * class of this name. The model loads on first use, once for all callers, and runs in its own thread.
 *
 * Scores are on the model's scale: 0 to 1 for models with a sigmoid (bge-reranker), logits of about −11 to 11 for models
 * without (ms-marco); `activation: "sigmoid"` scales these to 0 to 1.
 *
 * @example
 * const model = new HuggingFaceCrossEncoder({ model: "BAAI/bge-reranker-base" });
 * const best = await model.rank("How tall is Mont Blanc?", passages, { topN: 3 });
 */
export class HuggingFaceCrossEncoder extends BaseCrossEncoder implements VocabularyAware {
  override lc_serializable = true;

  static override lc_name(): string {
    return "HuggingFaceCrossEncoder";
  }

  /** The token is left out of the serialised form; the hub client reads it from this variable if none is given. */
  override get lc_secrets(): Record<string, string> {
    return { token: "HF_TOKEN" };
  }

  /** Names of the serialised fields, without functions, which cannot be serialised. */
  override get lc_serializable_keys(): string[] {
    return SERIALIZABLE;
  }

  readonly model: string;
  readonly #fields: HuggingFaceCrossEncoderFields;
  readonly #encoder: LazyEncoder;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} if an option has an invalid value */
  constructor(fields: HuggingFaceCrossEncoderFields = {}) {
    checkKnownOptions(fields, [...LOAD_FIELDS, ...OWN_FIELDS], "HuggingFaceCrossEncoder");
    super(fields);
    const { model = "BAAI/bge-reranker-base", activation, truncation, longTexts } = fields;
    // Check now, so that an invalid value fails before the model loads.
    if (activation !== undefined) checkActivation(activation);
    if (truncation !== undefined) checkOneOf("truncation", truncation, ["longest_first", "only_second"]);
    if (longTexts !== undefined) checkOneOf("longTexts", longTexts, ["truncate", "windows"]);
    this.model = model;
    this.#fields = fields;
    this.#encoder = new LazyEncoder(
      { ...pickOptions(fields, LOAD_FIELDS), model },
      { owner: "HuggingFaceCrossEncoder", load: (runtime, options) => runtime.loadCrossEncoder(options) },
    );
  }

  /**
   * Loads the model now, so that the first call does not have to wait for it.
   *
   * @throws {MissingPackageError} if `@secondpass/hf-runtime` is not installed, and its errors, as {@link score}
   */
  async load(options: Pick<ScoreOptions, "signal"> = {}): Promise<void> {
    checkCallOptions(options, "load", ["signal"]);
    await this.#encoder.get(options.signal);
  }

  /**
   * @throws {MissingPackageError} if `@secondpass/hf-runtime` is not installed
   * @throws {UnknownLabelError} if the model has no such label, and the errors of `@secondpass/hf-runtime`, for a model that
   * is not found, cannot be read or is not supported
   */
  override async score(pairs: readonly TextPair[], options?: ScoreOptions): Promise<number[]> {
    return [...(await this.scoreForRanking(pairs, options)).scores];
  }

  /**
   * Share of a text's letters that are covered by words or parts of words of the model's vocabulary, 0 to 1; 1 for a text without letters. It is
   * low for languages that the model does not know. Only the beginning of long texts counts. Loads the model.
   */
  async knownShare(text: string, options: Pick<ScoreOptions, "signal"> = {}): Promise<number> {
    checkText(text, "text");
    checkCallOptions(options, "knownShare", ["signal"]);
    const { signal } = options;
    return (await this.#encoder.get(signal)).encoder.knownShare(text, { signal });
  }

  /**
   * Scores pairs and the tokens of their passages, in the caller's order: [pairs] → each pair's score and the relevance of each token. For models with
   * a second head for tokens (Provence, OpenProvence, Zilliz' semantic highlight); one pass gives both. OpenProvence keeps a sentence if the mean
   * relevance of its tokens is above {@link tokenThreshold}, Provence if more than that share of its tokens is above it. Passages that are too long
   * are always read in windows; `longTexts` is ignored.
   *
   * @throws {TokenHeadError} of `@secondpass/hf-runtime`, if the model scores only whole texts, and the errors of {@link score}
   *
   * @example
   * const model = new HuggingFaceCrossEncoder({ model: "hotchpotch/open-provence-reranker-xsmall-v1" });
   * const [{ score, tokens }] = await model.scoreTokens([["How tall is Mont Blanc?", passage]]);
   * const relevant = tokens.filter(({ relevance }) => relevance > 0.5).map(({ start, end }) => passage.slice(start, end));
   */
  async scoreTokens(pairs: readonly TextPair[], options: ScoreOptions = {}): Promise<ScoredTokens[]> {
    checkCallOptions(options, "scoreTokens", ["signal", "onProgress"]);
    options.signal?.throwIfAborted();
    checkPairs(pairs);
    if (pairs.length === 0) return [];
    const { runtime, encoder } = await this.#encoder.get(options.signal);
    const { truncation, prompt, promptName } = this.#fields;
    const relevance = this.#relevance(encoder, runtime);
    const { signal, onProgress = this.#fields.onScored } = options;
    const found = await encoder.scoreTokens(pairs, { signal, onProgress, truncation, prompt, promptName });
    const { scores } = relevanceScores(
      found.map(({ logits }) => logits),
      relevance,
    );
    return found.map(({ tokens, readStart, readEnd }, i) => {
      return { score: scores[i]!, tokens, readStart, readEnd };
    });
  }

  /**
   * Threshold of a sentence's mean token relevance, above which it is worth keeping, from the model's configuration: 0 to 1. Undefined for a
   * model that does not score tokens. Loads the model.
   */
  async tokenThreshold(options: Pick<ScoreOptions, "signal"> = {}): Promise<number | undefined> {
    checkCallOptions(options, "tokenThreshold", ["signal"]);
    return (await this.#encoder.get(options.signal)).encoder.tokenThreshold;
  }

  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void> {
    return this.#encoder.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  protected override async scoreForRanking(
    pairs: readonly TextPair[],
    options: ScoreOptions = {},
  ): Promise<RankableScores> {
    checkCallOptions(options, "score");
    options.signal?.throwIfAborted();
    checkPairs(pairs);
    if (pairs.length === 0) return { scores: [] };
    const { runtime, encoder } = await this.#encoder.get(options.signal);
    const { truncation, longTexts, onTruncated } = this.#fields;
    const relevance = this.#relevance(encoder, runtime);
    const { signal, onProgress = this.#fields.onScored } = options;
    const { prompt, promptName } = this.#fields;
    const run = { signal, onProgress, truncation, prompt, promptName };
    if (longTexts === "windows") return scoreWindows(encoder, pairs, relevance, run);
    if (onTruncated) await reportTruncatedPairs(encoder, pairs, onTruncated, run);
    return relevanceScores(await encoder.logits(pairs, run), relevance);
  }

  /** @throws {UnknownLabelError} if the model has no such label */
  #relevance(encoder: CrossEncoder, runtime: Pick<Runtime, "activationFunction">): Relevance {
    const { activation = encoder.activation, label } = this.#fields;
    return {
      label: relevanceLabel(encoder, label),
      activation: activationName(activation),
      activate: runtime.activationFunction(activation),
    };
  }
}

/** Checks an activation: a name, or a Python class path. */
function checkActivation(activation: unknown): void {
  const isKnown = typeof activation === "string" && activationFunction(activation) !== undefined;
  if (!isKnown) checkOneOf("activation", activation, ACTIVATION_NAMES);
}

/** Names of the options that only this class has. */
const OWN_FIELDS = [
  "activation",
  "label",
  "truncation",
  "prompt",
  "promptName",
  "longTexts",
  "onTruncated",
  "onScored",
] as const satisfies readonly (keyof HuggingFaceCrossEncoderFields)[];

const FUNCTIONS: readonly string[] = ["fetch", "onProgress", "onTruncated", "onScored"];
const SERIALIZABLE = [...LOAD_FIELDS, ...OWN_FIELDS].filter((name) => !FUNCTIONS.includes(name));
