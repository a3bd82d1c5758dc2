import type { TextPair } from "@secondpass/core";
import { ResponseFormatError } from "../errors/response-format-error.js";
import type { CrossEncoderContentHandler, ModelKwargs } from "./cross-encoder-content-handler.js";

/** What differs between handlers that speak JSON both ways. */
interface JsonDialect {
  readonly oneQueryPerRequest?: boolean;
  /** [pairs] → the request's value. */
  write(pairs: readonly TextPair[], modelKwargs: ModelKwargs): unknown;
  /** The answer's value → [pairs] scores. */
  read(answer: unknown, pairs: readonly TextPair[]): readonly number[];
}

/** A content handler whose requests and answers are JSON. */
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

/** With the flag "u", whole characters of two halves do not match. */
const HALF = /\p{Surrogate}/gu;

/**
 * Halves of characters that a splitter cut become U+FFFD, as wherever texts are written as UTF-8. JSON would escape them, and servers in Rust
 * and Python reject the whole request for one of them.
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
