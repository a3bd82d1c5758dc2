import type { ModelKind, Payload } from "../payloads/payload.js";
import type { JsonSchema } from "../payloads/values/field.js";

/** A protocol that existing clients use, such as Cohere's: its paths, and the bodies that each accepts. */
export interface Protocol {
  /** For people. */
  readonly name: string;
  readonly routes: readonly ProtocolRoute[];
  /** Paths with information about the server. @default none */
  readonly infoRoutes?: readonly InfoRoute[];
}

/** A path that a model answers. */
export interface ProtocolRoute {
  /** Such as "/rerank", for POST. If protocols share a path, their payloads are tried in the order of the protocols. */
  readonly path: string;
  /** Payloads of the path. The first that matches a body reads it. */
  readonly payloads: readonly Payload[];
  /** Whether a request without texts gets an empty answer instead of 400. @default false */
  readonly allowsEmpty?: boolean;
}

/** A path with information about the server, without a model's work. For GET and HEAD. */
export interface InfoRoute {
  /** Such as "/info". If it ends in "/*", it matches the rest of the path, a model's name. */
  readonly path: string;
  /** For the server's own documentation. */
  readonly summary: string;
  readonly answerSchema: JsonSchema;
  /**
   * @param rest of the path, if `path` ends in "/*"
   * @throws {RequestError} 404 if the named thing does not exist; 503 if it is not known yet
   */
  answer(server: ServerFacts, rest: string): unknown;
}

/** Facts about a server. */
export interface ServerFacts {
  /** Models in the server's order: the first of a kind is the default. */
  readonly models: readonly ListedModel[];
  readonly autoTruncate: boolean;
  readonly limits: {
    readonly pairsPerRequest: number;
    readonly concurrentRequests: number;
    readonly tokensPerBatch: number;
    readonly pairsPerBatch: number;
  };
}

/** A model of a server. */
export interface ListedModel {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: ModelKind;
  readonly state: "loading" | "ready" | "failed";
  /** When the server began to load it, in seconds since 1970. */
  readonly created: number;
  /** Longest input in tokens; undefined if it is not loaded yet, or has no limit. */
  readonly maxLength: number | undefined;
  /** [labels] names; empty for an embedder, and before it is loaded. */
  readonly labels: readonly string[];
}
