import { RequestError } from "../../errors/request-error.js";

/** Makes the error for an invalid value. */
export function unexpected(where: string, expected: string, got: unknown): RequestError {
  const kind = got === null ? "null" : Array.isArray(got) ? `a list of ${got.length}` : typeof got;
  return new RequestError("validation", `Expected \`${where}\` to be ${expected}, got ${kind}.`);
}
