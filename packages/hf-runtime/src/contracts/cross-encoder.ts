import type { TextPair } from "@secondpass/core";
import type { PromptChoice } from "./prompts.js";
import type { ReadingOptions } from "./reading-options.js";
import type { RunOptions } from "./run-options.js";
import type { TextToken, TokenizeOptions } from "./text-token.js";

/** Name of a function from a pair's logits to its scores. Python's class paths are read as these names. */
export type Activation = "identity" | "sigmoid" | "softmax" | "tanh" | "relu" | (string & {});

/** Options of one call of {@link CrossEncoder.predict}. A prompt goes before the query only, as in Python. */
export interface PredictOptions extends RunOptions, PromptChoice, ReadingOptions {
  /** @default the model's configured activation, else sigmoid for one label and identity for several */
  readonly activation?: Activation;
  /** "only_second" cuts the candidate and never the query. @default "longest_first", as Python */
  readonly truncation?: "longest_first" | "only_second";
}

/** A token of a passage, and the probability that it belongs to the answer to the query. */
export interface TokenRelevance {
  /** Where the token's part of the passage starts and ends, in UTF-16 units: `passage.slice(start, end)`. Empty for a token without characters. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1 */
  readonly relevance: number;
}

/** Results of a model with a second head for one pair. */
export interface TokenScores {
  /** [numLabels] the pair's raw logits, as {@link CrossEncoder.logits} gives them. If the passage does not fit, they are those of its first window. */
  readonly logits: Float32Array;
  /**
   * The passage's tokens, in order. A passage that does not fit is read in consecutive windows, each with the query before it. A window
   * ends at the end of a sentence, or else of a word.
   */
  readonly tokens: readonly TokenRelevance[];
  /**
   * The part of the passage that the model has read: `passage.slice(readStart, readEnd)`. It is the whole passage, unless the tokenizer cuts
   * texts at their start or the query leaves no room for a passage.
   */
  readonly readStart: number;
  readonly readEnd: number;
}

/** A loaded sequence-classification model that reads two texts together. */
export interface CrossEncoder {
  readonly model: string;
  readonly numLabels: number;
  /** Label names by index, if the model names them. */
  readonly labels: readonly string[];
  /** Longest pair in tokens, special tokens counted. */
  readonly maxLength: number;
  /** What `predict` applies if the call names no activation. */
  readonly activation: Activation;
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  /**
   * Number of tokens of a pair (or of one text) before truncation, special tokens counted.
   * @param choice the prompt to count as well; `{}` is the model's default prompt. @default no prompt
   * @throws UnknownPromptError
   */
  countTokens(text: string, pair?: string, choice?: PromptChoice): number;
  /** The tokens of one text, before truncation. */
  tokenize(text: string, options?: TokenizeOptions): Promise<readonly TextToken[]>;
  /**
   * Share of a text's letters that the model's vocabulary covers with words or parts of words, 0 to 1; 1 for a text without letters. It is
   * low for languages that the model does not know. Only the beginning of a long text counts.
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
   * Smallest mean relevance of its tokens at which a sentence is worth keeping, from the model's configuration: 0 to 1. Undefined for a
   * model that does not score tokens.
   */
  readonly tokenThreshold: number | undefined;
  /**
   * [pairs] → each pair's logits and the relevance of each token of its passage, in the caller's order. The second head of models that prune
   * passages, such as Provence, computes the relevance. One pass for each pair, or for each of its windows, gives both. Empty input gives an
   * empty list.
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
