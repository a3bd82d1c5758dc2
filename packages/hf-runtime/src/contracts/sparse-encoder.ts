import type { SimilarityFunction } from "./encoder.js";
import type { PromptChoice } from "./prompts.js";
import type { RunOptions } from "./run-options.js";
import type { Task } from "./task.js";

/** A vector in which most numbers are zero. */
export interface SparseVector {
  /** Positions of the numbers that are not zero, ascending. In SPLADE models they are token ids. */
  readonly indices: Uint32Array;
  /** The number at each of these positions. */
  readonly values: Float32Array;
}

/** Options of one call of {@link SparseEncoder.embed}. */
export interface SparseEmbedOptions extends RunOptions, PromptChoice {
  /** What the texts are for. It matters to models that read queries and documents differently. @default the model's default route */
  readonly task?: Task;
  /** Maximum count of numbers in a vector; those furthest from zero are kept. Minimum 1. @default the model's own, else all */
  readonly maxActiveDims?: number;
}

/** A loaded sparse encoder, such as a SPLADE model: text → weights of vocabulary entries. */
export interface SparseEncoder {
  readonly model: string;
  /** Length of a vector, zeros included: in SPLADE models, the number of vocabulary entries. */
  readonly dimensions: number;
  /** Longest input in tokens, special tokens counted; longer texts are cut. */
  readonly maxLength: number;
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  /** How to compare two vectors. */
  readonly similarity: SimilarityFunction;
  /** Number of tokens of a text before truncation, special tokens counted. */
  countTokens(text: string): number;
  /**
   * [texts] → one vector for each, in the caller's order. Empty input gives an empty list.
   * @throws InvalidOptionError that names the text that is not a string
   * @throws UnknownRouteError if the model has a Router without a route for the task
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  embed(texts: readonly string[], options?: SparseEmbedOptions): Promise<SparseVector[]>;
  /**
   * Vocabulary entries of a vector with their weights, the largest first.
   * @param topK how many to return. Minimum 1. @default all
   */
  decode(vector: SparseVector, topK?: number): Promise<[token: string, weight: number][]>;
  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
