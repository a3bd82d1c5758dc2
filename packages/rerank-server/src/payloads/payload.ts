import type { TextPair } from "@secondpass/core";
import type { JsonObject } from "./values/json-object.js";

/** What payloads need to know of the model. */
export interface ModelFacts {
  /** [labels] names, by index. */
  readonly labels: readonly string[];
}

/** A request's pairs, and how to answer it. */
export interface ScoringRequest {
  readonly pairs: readonly TextPair[];
  /** Whether pairs that are too long are cut; false refuses them, and undefined leaves it to the server's setting. */
  readonly truncate: boolean | undefined;
  /** [pairs][labels] logits → the answer's JSON value. */
  answer(logits: readonly Float32Array[]): unknown;
}

/** One of the payloads that deployed rerankers speak. */
export interface Payload {
  /** For logs and error messages. */
  readonly name: string;
  /** What a body must look like, for error messages. */
  readonly example: string;
  /** Whether the body is of this kind, by its keys. */
  matches(body: JsonObject): boolean;
  /** @throws {RequestError} 422 if a value is not what its key promises */
  read(body: JsonObject, model: ModelFacts): ScoringRequest;
}
