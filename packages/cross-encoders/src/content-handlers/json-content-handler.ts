import type { TextPair } from "@secondpass/core";
import { ResponseFormatError } from "../errors/response-format-error.js";
import type { CrossEncoderContentHandler, ModelKwargs } from "./cross-encoder-content-handler.js";

/** The differences between handlers whose requests and responses are JSON. */
interface JsonDialect {
  readonly oneQueryPerRequest?: boolean;
  /** Makes the request's JSON value from pairs. */
  write(pairs: readonly TextPair[], modelKwargs: ModelKwargs): unknown;
  /** Reads [pairs] scores from the response's JSON value. */
  read(answer: unknown, pairs: readonly TextPair[]): readonly number[];
}

/** Makes a content handler whose requests and responses are JSON. */
export function jsonContentHandler(dialect: JsonDialect): CrossEncoderContentHandler {
  return {
    contentType: "application/json",
    accepts: "application/json",
    oneQueryPerRequest: dialect.oneQueryPerRequest ?? false,
    transformInput: (pairs, modelKwargs) =>
      JSON.stringify(dialect.write(pairs.map(wellFormedPair), modelKwargs)),
    transformOutput: (body, pairs) => dialect.read(parse(body), pairs),
  };
}

/** Half of a surrogate pair. With the flag "u", complete pairs do not match. */
const HALF = /\p{Surrogate}/gu;

/**
 * Replaces halves of characters that a splitter has cut by U+FFFD, as UTF-8 does. JSON would escape them, and servers in Rust and Python
 * reject a whole request with one of them.
 */
function wellFormedPair([query, text]: TextPair): TextPair {
  return [query.replaceAll(HALF, "\ufffd"), text.replaceAll(HALF, "\ufffd")];
}

function parse(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ResponseFormatError("JSON", text, { unparsable: true, cause: error });
  }
}
