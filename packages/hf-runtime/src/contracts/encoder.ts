import type { EncoderIdentity } from "./encoder-identity.js";
import type { PromptChoice } from "./prompts.js";
import type { ReadingOptions } from "./reading-options.js";
import type { RunOptions } from "./run-options.js";
import type { Task } from "./task.js";
import type { TextToken, TokenizeOptions } from "./text-token.js";

/** How to compare two vectors of a model (from `config_sentence_transformers.json`). */
export type SimilarityFunction = "cosine" | "dot" | "euclidean" | "manhattan";

/** Options of one call of {@link Encoder.embed}. */
export interface EmbedOptions extends RunOptions, PromptChoice, ReadingOptions {
  /**
   * What the texts are for. It matters to models that read queries and documents differently: with other modules (a Router), to another
   * length (`query_length`, `document_length`), or by their chat template. It does not choose a prompt. @default no task, as in
   * sentence-transformers' `encode`
   */
  readonly task?: Task;
  /**
   * Which adapters (LoRA) to apply, for models that have adapters for several tasks: a name of {@link Encoder.adapters}, such as
   * "retrieval.query" of jina-embeddings-v3, whose authors call it the task. It does not choose a prompt. @default none, as
   * sentence-transformers' `encode`
   */
  readonly adapter?: string;
  /** Scale vectors to length 1, whether or not the model's own modules do. @default only the model's own modules */
  readonly normalize?: boolean;
}

/** A loaded embedding model: text → vector, with the model's own pooling, dense and normalisation modules. */
export interface Encoder {
  readonly model: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** Longest input in tokens, special tokens counted; longer texts are cut. Infinity if the model has no limit. */
  readonly maxLength: number;
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  readonly similarity: SimilarityFunction | undefined;
  /** Whether queries and documents may go through different modules. @default false */
  readonly routesByTask?: boolean;
  /** Tasks that the model has adapters for. @default none */
  readonly adapters?: readonly string[];
  /** Number of tokens of a text before truncation, special tokens counted. */
  countTokens(text: string): number;
  /** The tokens of one text, before truncation and without a prompt. */
  tokenize(text: string, options?: TokenizeOptions): Promise<readonly TextToken[]>;
  /**
   * Share of a text's letters that the model's vocabulary covers with words or parts of words, 0 to 1; 1 for a text without letters. It is
   * low for languages that the model does not know. Only the beginning of a long text counts.
   */
  knownShare(text: string, options?: Pick<RunOptions, "signal">): Promise<number>;
  /**
   * [texts] → [texts][dimensions], in the caller's order. Empty input gives an empty list.
   * @throws InvalidOptionError that names the text that is not a string
   * @throws UnknownAdapterError if the model has no adapters of this name
   * @throws UnknownRouteError if the model has a Router without a route for the task
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /** The properties that decide its vectors, to tell it from other models. Also works after {@link dispose}. */
  identity(): Promise<EncoderIdentity>;
  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
