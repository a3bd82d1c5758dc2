import { unexpected } from "./unexpected.js";

/**
 * @throws {RequestError} 422 unless the value is a boolean, one of the strings "true" and "false" in any case, which some clients
 * send, or absent (null counts as absent)
 */
export function readFlag<Absent>(value: unknown, where: string, fallback: Absent): boolean | Absent {
  if (value === undefined || value === null) return fallback;
  if (typeof value === "boolean") return value;
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw unexpected(where, "a boolean", value);
}
