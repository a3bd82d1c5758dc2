import { unexpected } from "./unexpected.js";

/** @throws {RequestError} 422 unless the value is a list */
export function readList(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unexpected(where, "a list", value);
}
