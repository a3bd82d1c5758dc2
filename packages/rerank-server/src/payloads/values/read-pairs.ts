import type { TextPair } from "@secondpass/core";
import { readList } from "./read-list.js";
import { readString } from "./read-string.js";
import { unexpected } from "./unexpected.js";

/** @throws {RequestError} 422 unless the value is a list of [string, string] */
export function readPairs(value: unknown, where: string): TextPair[] {
  return readList(value, where).map((entry, index) => readPair(entry, `${where}[${index}]`));
}

/** @throws {RequestError} 422 unless the value is [string, string] */
export function readPair(value: unknown, where: string): TextPair {
  if (!Array.isArray(value) || value.length !== 2) throw unexpected(where, "[query, text]", value);
  return [readString(value[0], `${where}[0]`), readString(value[1], `${where}[1]`)];
}
