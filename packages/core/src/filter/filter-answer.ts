import { InvalidFilterError } from "../errors/invalid-filter-error.js";

/**
 * Whether the return value of a filter function accepts a document.
 * @throws {InvalidFilterError} if it is a function or a generator, which would accept every document
 */
export function filterAnswer(answer: unknown): boolean {
  const isGenerator = /Generator\]$/.test(Object.prototype.toString.call(answer));
  if (typeof answer === "function" || isGenerator) {
    const what = isGenerator ? "a generator" : "a function";
    throw new InvalidFilterError("filter", `expected it to return true or false, got ${what}.`);
  }
  return Boolean(answer);
}
