import type { TextPair } from "@secondpass/core";

/** Options of the request that a content handler may put into its payload. */
export type ModelKwargs = Readonly<Record<string, unknown>>;

/**
 * Translates between pairs and what one kind of endpoint speaks; write your own for an endpoint that none of the
 * {@link contentHandlers} fits. The counterpart of LangChain Python's `CrossEncoderContentHandler`.
 */
export interface CrossEncoderContentHandler {
  /** MIME type of the request's body. */
  readonly contentType: string;
  /** MIME type of the response, sent as `Accept`. */
  readonly accepts: string;
  /** Whether one request can carry one query only; pairs are then grouped by query first. @default false */
  readonly oneQueryPerRequest?: boolean;
  /**
   * [pairs] → body of one request. Never called with an empty list. With `oneQueryPerRequest`, all pairs have the
   * same query.
   */
  transformInput(pairs: readonly TextPair[], modelKwargs: ModelKwargs): string | Uint8Array;
  /**
   * Body of one answer → [pairs] scores, in the order of `pairs`, higher is better. Number and finiteness of the
   * scores are checked by the caller.
   *
   * @throws {ResponseFormatError} if the body is something else; with `unparsable` (or a SyntaxError of JSON.parse)
   * the request is sent once more, since a body can be cut on its way
   */
  transformOutput(
    body: Uint8Array,
    pairs: readonly TextPair[],
  ): readonly number[] | Promise<readonly number[]>;
}
