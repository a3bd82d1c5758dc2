import type { PromptChoice } from "./prompts.js";
import type { RunOptions } from "./run-options.js";
import type { Task } from "./task.js";

/** How the token vectors of two texts are compared: the best match of each query token, summed, or averaged. */
export type MultiVectorSimilarity = "maxsim" | "meanmaxsim";

/** What one call of {@link MultiVectorEncoder.embed} may ask for. */
export interface MultiVectorEmbedOptions extends RunOptions, PromptChoice {
  /** What the texts are for: queries may be expanded, and documents lose the tokens that are not matched. @default "document" */
  readonly task?: Task;
}

/** A loaded late-interaction (ColBERT) model: text → a vector for each token. */
export interface MultiVectorEncoder {
  readonly model: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** Longest input in tokens, special tokens counted; queries and documents may be cut earlier. */
  readonly maxLength: number;
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  /** How two texts are meant to be compared. */
  readonly similarity: MultiVectorSimilarity;
  /** Number of tokens of a text, special tokens counted, uncut. */
  countTokens(text: string): number;
  /**
   * [texts] → [texts][tokens][dimensions], in the caller's order. Empty input gives an empty list.
   * @throws InvalidOptionError that names the text that is not a string
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  embed(texts: readonly string[], options?: MultiVectorEmbedOptions): Promise<Float32Array[][]>;
  /** The model's own similarity of a query and a document, by their vectors. */
  score(query: readonly Float32Array[], document: readonly Float32Array[]): number;
  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
