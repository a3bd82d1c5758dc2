import { unexpected } from "./unexpected.js";

/** @throws {RequestError} 422 unless the value is a boolean or absent (null counts as absent) */
export function readFlag(value: unknown, where: string, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback;
  if (typeof value === "boolean") return value;
  throw unexpected(where, "a boolean", value);
}
