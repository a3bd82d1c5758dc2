import { readList } from "./read-list.js";
import { unexpected } from "./unexpected.js";

/** @throws {RequestError} 422 unless the value is a string */
export function readString(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  throw unexpected(where, "a string", value);
}

/** @throws {RequestError} 422 unless the value is a list of strings */
export function readStrings(value: unknown, where: string): string[] {
  return readList(value, where).map((entry, index) => readString(entry, `${where}[${index}]`));
}
