import type { EncoderIdentity } from "./encoder-identity.js";
import type { PromptChoice } from "./prompts.js";
import type { ReadingOptions } from "./reading-options.js";
import type { RunOptions } from "./run-options.js";
import type { Task } from "./task.js";
import type { TextToken, TokenizeOptions } from "./text-token.js";

/** How two vectors of a model are meant to be compared (`config_sentence_transformers.json`). */
export type SimilarityFunction = "cosine" | "dot" | "euclidean" | "manhattan";

/** What one call of {@link Encoder.embed} may ask for. */
export interface EmbedOptions extends RunOptions, PromptChoice, ReadingOptions {
  /**
   * What the texts are for, for models that read queries otherwise than documents: by other modules (a Router), to another length
   * (`query_length`, `document_length`), or as their chat template says. It chooses no prompt. @default nothing is said, as in
   * sentence-transformers' `encode`
   */
  readonly task?: Task;
  /**
   * Whose adapters (LoRA) count, of models that have some for several tasks: a name of {@link Encoder.adapters}, such as "retrieval.query" of
   * jina-embeddings-v3, which its authors call the task. It chooses no prompt. @default none, as sentence-transformers' `encode`
   */
  readonly adapter?: string;
  /** Scale vectors to length 1, whether or not the model's own steps do. @default only the model's own steps */
  readonly normalize?: boolean;
}

/** A loaded embedding model: text → vector, by the model's own pooling, dense and normalisation. */
export interface Encoder {
  readonly model: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** Longest input in tokens, special tokens counted; longer texts are cut. Infinity if the model has no limit. */
  readonly maxLength: number;
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  readonly similarity: SimilarityFunction | undefined;
  /** Whether queries and documents may go through other modules. @default false */
  readonly routesByTask?: boolean;
  /** Tasks that the model has adapters for. @default none */
  readonly adapters?: readonly string[];
  /** Number of tokens of a text, special tokens counted, uncut. */
  countTokens(text: string): number;
  /** The tokens of one text, uncut, without a prompt. */
  tokenize(text: string, options?: TokenizeOptions): Promise<readonly TextToken[]>;
  /**
   * Share of a text's letters that the model's vocabulary has words or parts of words for, 0 to 1; 1 for a text without letters. Low for
   * languages that the model does not know. Of long texts the beginning counts.
   */
  knownShare(text: string, options?: Pick<RunOptions, "signal">): Promise<number>;
  /**
   * [texts] → [texts][dimensions], in the caller's order. Empty input gives an empty list.
   * @throws InvalidOptionError that names the text that is not a string
   * @throws UnknownAdapterError if the model has no adapters of this name
   * @throws UnknownRouteError if the model has a Router, which knows no way for the task
   * @throws NonFiniteResultError if the model computes NaN or an infinity
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /** What decides its vectors, to tell it from other models. Also after {@link dispose}. */
  identity(): Promise<EncoderIdentity>;
  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
