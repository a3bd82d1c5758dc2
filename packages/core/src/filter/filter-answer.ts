import { InvalidFilterError } from "../errors/invalid-filter-error.js";

/**
 * Whether a filter function's answer lets a document pass.
 * @throws {InvalidFilterError} if it is a function or a generator, which would always pass
 */
export function filterAnswer(answer: unknown): boolean {
  const isGenerator = /Generator\]$/.test(Object.prototype.toString.call(answer));
  if (typeof answer === "function" || isGenerator) {
    const what = isGenerator ? "a generator" : "a function";
    throw new InvalidFilterError("filter", `expected it to return true or false, got ${what}.`);
  }
  return Boolean(answer);
}
