import type { TextPair } from "@secondpass/core";
import type { PromptChoice } from "./prompts.js";
import type { ReadingOptions } from "./reading-options.js";
import type { RunOptions } from "./run-options.js";
import type { TextToken, TokenizeOptions } from "./text-token.js";

/** Function from a pair's logits to its scores. Python's class paths are read as these names. */
export type Activation = "identity" | "sigmoid" | "softmax" | "tanh" | "relu" | (string & {});

/** What one call of {@link CrossEncoder.predict} may ask for. A prompt goes before the query alone, as in Python. */
export interface PredictOptions extends RunOptions, PromptChoice, ReadingOptions {
  /** @default the model's configured activation, else sigmoid for one label and identity for several */
  readonly activation?: Activation;
  /** "only_second" cuts the candidate and never the query. @default "longest_first", as Python */
  readonly truncation?: "longest_first" | "only_second";
}

/** A token of a passage, and how probably it belongs to what answers the query. */
export interface TokenRelevance {
  /** Where the token's part of the passage starts and ends, in UTF-16 units: `passage.slice(start, end)`. Empty for a token that stands for no character. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1 */
  readonly relevance: number;
}

/** What a model with a second head says of a pair. */
export interface TokenScores {
  /** [numLabels] the pair's raw logits, as {@link CrossEncoder.logits} gives them: those of the first window of a passage that does not fit. */
  readonly logits: Float32Array;
  /**
   * The passage's tokens, in their order. A passage that does not fit is read in windows one behind the other, each after the query:
   * up to the end of a sentence, or else of a word.
   */
  readonly tokens: readonly TokenRelevance[];
  /**
   * The part of the passage that the model has read: `passage.slice(readStart, readEnd)`. That is all of it, unless the tokenizer cuts texts
   * at their start, or the query leaves no room for a passage.
   */
  readonly readStart: number;
  readonly readEnd: number;
}

/** A loaded sequence-classification model that reads two texts together. */
export interface CrossEncoder {
  readonly model: string;
  readonly numLabels: number;
  /** Label names by index, where the model names them. */
  readonly labels: readonly string[];
  /** Longest pair in tokens, special tokens counted. */
  readonly maxLength: number;
  /** What `predict` applies unless told otherwise. */
  readonly activation: Activation;
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  /**
   * Number of tokens of a pair (or of one text), special tokens counted, uncut.
   * @param choice the prompt to count besides; `{}` is the model's default one. @default no prompt
   * @throws UnknownPromptError
   */
  countTokens(text: string, pair?: string, choice?: PromptChoice): number;
  /** The tokens of one text, uncut. */
  tokenize(text: string, options?: TokenizeOptions): Promise<readonly TextToken[]>;
  /**
   * Share of a text's letters that the model's vocabulary has words or parts of words for, 0 to 1; 1 for a text without letters. Low for
   * languages that the model does not know. Of long texts the beginning counts.
   */
  knownShare(text: string, options?: Pick<RunOptions, "signal">): Promise<number>;
  /**
   * [pairs] → raw logits [pairs][numLabels], in the caller's order. Empty input gives an empty list.
   * @throws InvalidOptionError that names the pair which is not two strings
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  logits(pairs: readonly TextPair[], options?: Omit<PredictOptions, "activation">): Promise<Float32Array[]>;
  /**
   * [pairs] → activated scores [pairs][numLabels], in the caller's order.
   * @throws InvalidOptionError that names the pair which is not two strings
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  predict(pairs: readonly TextPair[], options?: PredictOptions): Promise<Float32Array[]>;
  /**
   * From which mean relevance of its tokens on a sentence is worth keeping, by the model's own configuration: 0 to 1. Undefined for a model
   * that scores no tokens.
   */
  readonly tokenThreshold: number | undefined;
  /**
   * [pairs] → each pair's logits, and the relevance of each token of its passage, in the caller's order: by the second head of models
   * that prune passages, as Provence does. One pass a pair, or a window of it, gives both. Empty input gives an empty list.
   * @throws TokenHeadError for a model without such a head
   * @throws InvalidOptionError that names the pair which is not two strings
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  scoreTokens(
    pairs: readonly TextPair[],
    options?: Omit<PredictOptions, "activation" | keyof ReadingOptions>,
  ): Promise<TokenScores[]>;
  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
