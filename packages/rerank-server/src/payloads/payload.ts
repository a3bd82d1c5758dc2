import type { TextPair } from "@secondpass/core";
import type { JsonSchema } from "./values/field.js";
import type { JsonObject } from "./values/json-object.js";
import type { TokenLimits } from "./values/token-limits.js";
import type { Truncation } from "./values/truncation.js";

/** Kind of a model: it scores pairs of texts, or embeds texts. */
export type ModelKind = "reranker" | "embedder";

/** Facts that payloads need about the model. */
export interface ModelFacts {
  /** [labels] names, by index; empty for an embedder. */
  readonly labels: readonly string[];
  /** Length of an embedder's vectors. */
  readonly dimensions?: number;
  /** Names of an embedder's own prompts. @default none */
  readonly promptNames?: readonly string[];
}

/** Facts about the computation, for an answer. */
export interface AnswerFacts {
  /** Name of the model. */
  readonly model: string;
  /** Tokens that the model has read, including special tokens, after truncation. 0 unless the request sets `countsTokens`. */
  readonly tokens: number;
}

/** A request to score pairs, with the function that makes its answer. */
export interface ScoringRequest extends Truncation {
  readonly kind?: "score";
  readonly pairs: readonly TextPair[];
  /** @default none */
  readonly tokenLimits?: TokenLimits;
  /** Whether the answer has the number of tokens. @default false */
  readonly countsTokens?: boolean;
  /** [pairs][labels] logits → the answer's JSON value. */
  answer(logits: readonly Float32Array[], facts: AnswerFacts): unknown;
}

/** How a model reads the texts of an {@link EmbeddingRequest}. */
export interface EmbeddingWay {
  /** One of the model's own prompts. @default the model's default one */
  readonly promptName?: string | undefined;
  readonly task?: "query" | "document" | undefined;
  /** Whether vectors are scaled to length 1, whatever the model does itself. @default the model's own steps */
  readonly normalize?: boolean | undefined;
}

/** A request to embed texts, with the function that makes its answer. */
export interface EmbeddingRequest extends Truncation, EmbeddingWay {
  readonly kind: "embed";
  readonly texts: readonly string[];
  /** Whether the answer has the number of tokens. @default false */
  readonly countsTokens?: boolean;
  /** [texts][dimensions] vectors → the answer's JSON value. */
  answer(vectors: readonly Float32Array[], facts: AnswerFacts): unknown;
}

/** A token of a text. */
export interface ServedToken {
  readonly id: number;
  readonly text: string;
  readonly isSpecial: boolean;
  /** Its part of the text, in UTF-16 units; undefined for special tokens. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** A request for the tokens of texts. */
export interface TokenizingRequest {
  readonly kind: "tokenize";
  readonly texts: readonly string[];
  readonly addSpecialTokens: boolean;
  /** [texts][tokens] → the answer's JSON value. */
  answer(tokens: readonly (readonly ServedToken[])[]): unknown;
}

/** A request for the texts of token ids. */
export interface DecodingRequest {
  readonly kind: "decode";
  readonly ids: readonly (readonly number[])[];
  readonly skipSpecialTokens: boolean;
  answer(texts: readonly string[]): unknown;
}

/** A request to a model. */
export type ModelRequest = ScoringRequest | EmbeddingRequest | TokenizingRequest | DecodingRequest;

/** A format of requests and answers that deployed rerankers use. */
export interface Payload {
  /** For logs and error messages. */
  readonly name: string;
  /** Example of a body, for error messages. */
  readonly example: string;
  /** The kind of model that it needs; "any" if all models can answer it. @default "reranker" */
  readonly needs?: ModelKind | "any";
  /** Error for a request to a model that does not fit it: "backend" is 424, as in Text Embeddings Inference, "unsupported" is 400. @default "unsupported" */
  readonly misfit?: "backend" | "unsupported";
  /** JSON Schemas of a body and of its answer, for the server's own documentation. @default anything */
  readonly schema?: JsonSchema;
  readonly answerSchema?: JsonSchema;
  /**
   * Whether the body is of this kind, by its keys.
   * @param usual kind of the server's first model
   */
  matches(body: JsonObject, usual: ModelKind): boolean;
  /** Reads a body. @throws {RequestError} 422 if a value is invalid */
  read(body: JsonObject, model: ModelFacts): ModelRequest;
}
