import type { PromptChoice } from "./prompts.js";
import type { RunOptions } from "./run-options.js";
import type { Task } from "./task.js";

/** How the token vectors of two texts are compared: the sum or the mean of each query token's best match. */
export type MultiVectorSimilarity = "maxsim" | "meanmaxsim";

/** Options of one call of {@link MultiVectorEncoder.embed}. */
export interface MultiVectorEmbedOptions extends RunOptions, PromptChoice {
  /** What the texts are for. Queries may be expanded; documents lose the tokens that are never matched, such as punctuation. @default "document" */
  readonly task?: Task;
}

/** A loaded late-interaction (ColBERT) model: text → a vector for each token. */
export interface MultiVectorEncoder {
  readonly model: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** Longest input in tokens, special tokens counted. Queries and documents may have smaller limits. */
  readonly maxLength: number;
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  /** How to compare two texts. */
  readonly similarity: MultiVectorSimilarity;
  /** Number of tokens of a text before truncation, special tokens counted. */
  countTokens(text: string): number;
  /**
   * [texts] → [texts][tokens][dimensions], in the caller's order. Empty input gives an empty list.
   * @throws InvalidOptionError that names the text that is not a string
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  embed(texts: readonly string[], options?: MultiVectorEmbedOptions): Promise<Float32Array[][]>;
  /** The model's own similarity of a query and a document, computed from their vectors. */
  score(query: readonly Float32Array[], document: readonly Float32Array[]): number;
  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
