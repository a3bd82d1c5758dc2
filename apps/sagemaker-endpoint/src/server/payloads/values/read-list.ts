import type { TextPair } from "@secondpass/hf-runtime";
import { RequestError } from "../../errors/request-error.js";
import type { JsonObject } from "./payload.js";

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws {RequestError} 422 unless the value is a string */
export function readString(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  throw unexpected(where, "a string", value);
}

/** @throws {RequestError} 422 unless the value is a list of strings */
export function readStrings(value: unknown, where: string): string[] {
  return readList(value, where).map((entry, index) => readString(entry, `${where}[${index}]`));
}

/** @throws {RequestError} 422 unless the value is a list of [string, string] */
export function readPairs(value: unknown, where: string): TextPair[] {
  return readList(value, where).map((entry, index) => readPair(entry, `${where}[${index}]`));
}

/** @throws {RequestError} 422 unless the value is [string, string] */
export function readPair(value: unknown, where: string): TextPair {
  if (!Array.isArray(value) || value.length !== 2) throw unexpected(where, "[query, text]", value);
  return [readString(value[0], `${where}[0]`), readString(value[1], `${where}[1]`)];
}

/** @throws {RequestError} 422 unless the value is a boolean or absent (null counts as absent) */
export function readFlag(value: unknown, where: string, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback;
  if (typeof value === "boolean") return value;
  throw unexpected(where, "a boolean", value);
}

/** @throws {RequestError} 422 unless the value is a list */
export function readList(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unexpected(where, "a list", value);
}

export function unexpected(where: string, expected: string, got: unknown): RequestError {
  const kind = got === null ? "null" : Array.isArray(got) ? `a list of ${got.length}` : typeof got;
  return new RequestError("validation", `Expected \`${where}\` to be ${expected}, got ${kind}.`);
}
