import type { ModelKind, Payload } from "../payloads/payload.js";
import type { JsonSchema } from "../payloads/values/field.js";

/** One of the rerank protocols of the field: which paths it has, and which bodies it takes there. */
export interface Protocol {
  /** For people. */
  readonly name: string;
  readonly routes: readonly ProtocolRoute[];
  /** Paths that tell something of the server. @default none */
  readonly readings?: readonly ProtocolReading[];
}

/** A path that a model answers. */
export interface ProtocolRoute {
  /** Such as "/rerank". Answered to POST. Protocols that share one share it in their order: the first payload that matches reads a body. */
  readonly path: string;
  /** Bodies taken there; the first that matches reads it. */
  readonly payloads: readonly Payload[];
  /** Whether a request without texts gets an empty answer instead of 400. @default false */
  readonly allowsEmpty?: boolean;
}

/** A path that tells something of the server, without a model's work. Answered to GET and HEAD. */
export interface ProtocolReading {
  /** Such as "/info". One that ends in "/*" takes the rest of the path, a model's name. */
  readonly path: string;
  /** For the server's own documentation. */
  readonly summary: string;
  readonly answerSchema: JsonSchema;
  /**
   * @param rest of the path, where it ends in "/*"
   * @throws {RequestError} 404 if there is no such thing; 503 if it is not known yet
   */
  answer(server: ServerFacts, rest: string): unknown;
}

/** What a server tells of itself. */
export interface ServerFacts {
  /** In the server's order: the first of a kind is the default. */
  readonly models: readonly ListedModel[];
  readonly autoTruncate: boolean;
  readonly limits: {
    readonly pairsPerRequest: number;
    readonly concurrentRequests: number;
    readonly tokensPerBatch: number;
    readonly pairsPerBatch: number;
  };
}

/** A model that a server has. */
export interface ListedModel {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: ModelKind;
  readonly state: "loading" | "ready" | "failed";
  /** When the server began to load it, in seconds since 1970. */
  readonly created: number;
  /** Longest input in tokens; undefined until it is loaded, and without a limit. */
  readonly maxLength: number | undefined;
  /** [labels] names; empty for an embedder, and until it is loaded. */
  readonly labels: readonly string[];
}
