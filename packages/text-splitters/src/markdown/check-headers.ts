import { InvalidOptionError } from "@secondpass/core";
import type { HeaderToSplitOn } from "./markdown-section.js";

/**
 * @returns a copy
 * @throws {InvalidOptionError} if it is not a list of pairs that begin with a mark
 */
export function checkHeaders(headers: readonly HeaderToSplitOn[]): readonly HeaderToSplitOn[] {
  const valid = Array.isArray(headers) && headers.every((header) => Array.isArray(header) && header[0]);
  if (valid) return headers.map(([mark, name]) => [mark, name] as const);
  throw new InvalidOptionError("headersToSplitOn", 'a list of pairs like ["#", "Header 1"]', headers);
}
