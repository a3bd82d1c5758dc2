import { RequestError } from "../errors/request-error.js";

/** Depth of nested brackets. The deepest payload has four. */
const MAX_DEPTH = 64;
/** Values of a body: far above what the largest list of pairs has, and few enough to be parsed in some milliseconds. */
const MAX_VALUES = 200_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * Parses untrusted JSON. Its errors name the position, and never repeat the text.
 *
 * @throws {RequestError} 400 if it is not JSON or deeper than 64 brackets; 413 if it has more than 200,000 values
 */
export function parseJson(text: string): unknown {
  if (text.trim() === "") throw new RequestError("malformed", "Expected a body in JSON, got none.");
  checkShape(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    // Do not use the engine's message, because it contains a piece of the text.
    const position = /at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    const where = position === undefined ? "" : ` at character ${position}`;
    throw new RequestError(
      "malformed",
      `Expected a body in JSON; it is incomplete or something else${where}.`,
    );
  }
}

/** Counts brackets and commas outside strings, before the parser makes an object of each. */
function checkShape(text: string): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      at = endOfString(text, at);
    } else if (unit === COMMA) {
      values += 1;
    } else if (unit === 0x5b || unit === 0x7b) {
      depth += 1;
      values += 1;
      if (depth > MAX_DEPTH)
        throw new RequestError("malformed", `Expected at most ${MAX_DEPTH} brackets in one another.`);
    } else if (unit === 0x5d || unit === 0x7d) {
      depth -= 1;
    }
    if (values > MAX_VALUES)
      throw new RequestError("tooLarge", `Expected at most ${MAX_VALUES} values in a body.`);
  }
}

/** Returns the position of the quote that ends the string beginning at `start`; the text's end if there is none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}
