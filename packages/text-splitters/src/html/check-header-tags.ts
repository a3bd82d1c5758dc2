import { InvalidOptionError } from "@secondpass/core";

/** A tag such as "h1", and the metadata key for its text. */
export type HeaderTagToSplitOn = readonly [tag: string, name: string];

/**
 * @returns a copy
 * @throws {InvalidOptionError} if it is not a list of pairs like `["h1", "Header 1"]`
 */
export function checkHeaderTags(headers: unknown): readonly HeaderTagToSplitOn[] {
  const valid =
    Array.isArray(headers) &&
    headers.every(
      (header) =>
        Array.isArray(header) &&
        typeof header[0] === "string" &&
        /^.\d+$/su.test(header[0]) &&
        typeof header[1] === "string",
    );
  if (!valid)
    throw new InvalidOptionError("headersToSplitOn", 'a list of pairs like ["h1", "Header 1"]', headers);
  return headers.map(([tag, name]: HeaderTagToSplitOn) => [tag, name] as const);
}
