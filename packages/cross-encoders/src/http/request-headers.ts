import { InvalidOptionError } from "@secondpass/core";
import type { HttpCrossEncoderOptions } from "./http-cross-encoder-options.js";

/** A key, or a function that returns one for each request. */
type ApiKey = HttpCrossEncoderOptions["apiKey"];
type HeaderRecord = Readonly<Record<string, string>>;

const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
/** A valid header value: Latin-1 without control characters. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const KEY = /^[\x21-\x7e]+$/;
const HIDDEN = "a value that is not shown here";

/**
 * Checks headers, and returns them with names in lower case.
 * @throws {InvalidOptionError} if a name or a value is invalid
 */
export function checkHeaders(headers: unknown): HeaderRecord {
  if (typeof headers !== "object" || headers === null || Array.isArray(headers)) {
    throw new InvalidOptionError("headers", "an object of names and values", headers);
  }
  // A platform `Headers` object is iterable.
  const entries = Symbol.iterator in headers ? [...(headers as Headers)] : Object.entries(headers);
  const checked = entries.map(([name, value]: [string, unknown]) => {
    if (!NAME.test(name))
      throw new InvalidOptionError("headers", "an object of header names and values", name);
    if (typeof value !== "string" || !VALUE.test(value)) {
      const got = typeof value === "string" ? HIDDEN : value;
      throw new InvalidOptionError(`headers["${name}"]`, "a text without line breaks, in Latin-1", got);
    }
    return [name.toLowerCase(), value.trim()] as const;
  });
  return Object.fromEntries(checked);
}

/** Checks a key. @throws {InvalidOptionError} that does not show the value */
export function checkApiKey(key: unknown, option = "apiKey"): string {
  const trimmed = typeof key === "string" ? key.trim() : "";
  if (KEY.test(trimmed)) return trimmed;
  const got = typeof key === "string" && trimmed !== "" ? HIDDEN : key;
  throw new InvalidOptionError(option, "a text of visible ASCII characters", got);
}

/** Makes the headers of one request: the user's, the key, and the content types. */
export async function requestHeaders(
  own: HeaderRecord,
  types: { readonly contentType: string; readonly accepts: string },
  apiKey: ApiKey,
): Promise<HeaderRecord> {
  const key = typeof apiKey === "function" ? checkApiKey(await apiKey(), "apiKey()") : apiKey;
  return {
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...own,
    "content-type": types.contentType,
    accept: types.accepts,
  };
}
