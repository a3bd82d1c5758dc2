import type { TextPair } from "@secondpass/core";
import type { JsonSchema } from "./values/field.js";
import type { JsonObject } from "./values/json-object.js";
import type { TokenLimits } from "./values/token-limits.js";
import type { Truncation } from "./values/truncation.js";

/** What a model does: it scores pairs of texts, or makes vectors of texts. */
export type ModelKind = "reranker" | "embedder";

/** What payloads need to know of the model. */
export interface ModelFacts {
  /** [labels] names, by index; empty for an embedder. */
  readonly labels: readonly string[];
  /** Length of an embedder's vectors. */
  readonly dimensions?: number;
  /** Names of an embedder's own prompts. @default none */
  readonly promptNames?: readonly string[];
}

/** What an answer may tell of the work behind it. */
export interface AnswerFacts {
  /** Name of the model that has done it. */
  readonly model: string;
  /** Tokens that the model has read, special tokens counted, after truncation. 0 unless the request says `countsTokens`. */
  readonly tokens: number;
}

/** A request's pairs, and how to answer it. */
export interface ScoringRequest extends Truncation {
  readonly kind?: "score";
  readonly pairs: readonly TextPair[];
  /** @default none */
  readonly tokenLimits?: TokenLimits;
  /** Whether the answer tells the number of tokens. @default false */
  readonly countsTokens?: boolean;
  /** [pairs][labels] logits → the answer's JSON value. */
  answer(logits: readonly Float32Array[], facts: AnswerFacts): unknown;
}

/** How a model is to read the texts of an {@link EmbeddingRequest}. */
export interface EmbeddingWay {
  /** One of the model's own prompts. @default the model's default one */
  readonly promptName?: string | undefined;
  readonly task?: "query" | "document" | undefined;
  /** Whether vectors are scaled to length 1, whatever the model does itself. @default the model's own steps */
  readonly normalize?: boolean | undefined;
}

/** A request's texts, of which vectors are made, and how to answer it. */
export interface EmbeddingRequest extends Truncation, EmbeddingWay {
  readonly kind: "embed";
  readonly texts: readonly string[];
  /** Whether the answer tells the number of tokens. @default false */
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

/** A request's texts, whose tokens are wanted. */
export interface TokenizingRequest {
  readonly kind: "tokenize";
  readonly texts: readonly string[];
  readonly addSpecialTokens: boolean;
  /** [texts][tokens] → the answer's JSON value. */
  answer(tokens: readonly (readonly ServedToken[])[]): unknown;
}

/** Ids of tokens, whose texts are wanted. */
export interface DecodingRequest {
  readonly kind: "decode";
  readonly ids: readonly (readonly number[])[];
  readonly skipSpecialTokens: boolean;
  answer(texts: readonly string[]): unknown;
}

/** What a body asks of a model. */
export type ModelRequest = ScoringRequest | EmbeddingRequest | TokenizingRequest | DecodingRequest;

/** One of the payloads that deployed rerankers speak. */
export interface Payload {
  /** For logs and error messages. */
  readonly name: string;
  /** What a body must look like, for error messages. */
  readonly example: string;
  /** The kind of model that it needs; "any" for what all models can do. @default "reranker" */
  readonly needs?: ModelKind | "any";
  /** How a request is answered that the model cannot serve: 424, as Text Embeddings Inference does, or 400. @default "unsupported" */
  readonly misfit?: "backend" | "unsupported";
  /** JSON Schemas of a body and of its answer, for the server's own documentation. @default anything */
  readonly schema?: JsonSchema;
  readonly answerSchema?: JsonSchema;
  /**
   * Whether the body is of this kind, by its keys.
   * @param usual what the server's first model does
   */
  matches(body: JsonObject, usual: ModelKind): boolean;
  /** @throws {RequestError} 422 if a value is not what its key promises */
  read(body: JsonObject, model: ModelFacts): ModelRequest;
}
