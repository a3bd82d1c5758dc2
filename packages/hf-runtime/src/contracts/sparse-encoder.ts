import type { SimilarityFunction } from "./encoder.js";
import type { PromptChoice } from "./prompts.js";
import type { RunOptions } from "./run-options.js";
import type { Task } from "./task.js";

/** A vector that is zero at most places. */
export interface SparseVector {
  /** Places that are not zero, ascending; of SPLADE models they are token ids. */
  readonly indices: Uint32Array;
  /** The number at each of them. */
  readonly values: Float32Array;
}

/** What one call of {@link SparseEncoder.embed} may ask for. */
export interface SparseEmbedOptions extends RunOptions, PromptChoice {
  /** What the texts are for, for models that read queries otherwise than documents. @default the model's default route */
  readonly task?: Task;
  /** Most numbers of a vector: those that are furthest from zero stay. Minimum 1. @default the model's own, else all */
  readonly maxActiveDims?: number;
}

/** A loaded sparse encoder, such as a SPLADE model: text → weights of vocabulary entries. */
export interface SparseEncoder {
  readonly model: string;
  /** Places of a vector: as many as the vocabulary has entries, in SPLADE models. */
  readonly dimensions: number;
  /** Longest input in tokens, special tokens counted; longer texts are cut. */
  readonly maxLength: number;
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  /** How two vectors are meant to be compared. */
  readonly similarity: SimilarityFunction;
  /** Number of tokens of a text, special tokens counted, uncut. */
  countTokens(text: string): number;
  /**
   * [texts] → a vector each, in the caller's order. Empty input gives an empty list.
   * @throws InvalidOptionError that names the text that is not a string
   * @throws UnknownRouteError if the model has a Router, which knows no way for the task
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  embed(texts: readonly string[], options?: SparseEmbedOptions): Promise<SparseVector[]>;
  /**
   * Vocabulary entries of a vector with their weights, the largest first.
   * @param topK how many to give. Minimum 1. @default all
   */
  decode(vector: SparseVector, topK?: number): Promise<[token: string, weight: number][]>;
  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
