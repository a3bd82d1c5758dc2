import type { TextPair } from "@secondpass/core";

/** Fields that a content handler adds to its payload. */
export type ModelKwargs = Readonly<Record<string, unknown>>;

/**
 * Translates between pairs and the payloads of one kind of endpoint, as LangChain Python's `CrossEncoderContentHandler`. Write your
 * own for an endpoint that none of the {@link contentHandlers} fits.
 */
export interface CrossEncoderContentHandler {
  /** MIME type of the request's body. */
  readonly contentType: string;
  /** MIME type of the response, sent as `Accept`. */
  readonly accepts: string;
  /** Whether a request can have only one query; then pairs are grouped by query first. @default false */
  readonly oneQueryPerRequest?: boolean;
  /**
   * Writes the body of one request. Never called with an empty list. With `oneQueryPerRequest`, all pairs have the
   * same query.
   */
  transformInput(pairs: readonly TextPair[], modelKwargs: ModelKwargs): string | Uint8Array;
  /**
   * Reads the body of one response: → [pairs] scores, in the order of `pairs`, higher is better. The caller checks that the number
   * of scores is right and that they are finite.
   *
   * @throws {ResponseFormatError} if the body has another form; with `unparsable` (or for a SyntaxError of JSON.parse)
   * the request is sent once more, because a body can be cut off in transit
   */
  transformOutput(
    body: Uint8Array,
    pairs: readonly TextPair[],
  ): readonly number[] | Promise<readonly number[]>;
}
