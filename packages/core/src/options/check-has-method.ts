import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * Checks that a value has one of the methods by which it is used, such as a retriever's `invoke`.
 *
 * @param expected what it may be: completes "Expected `option` to be …"
 * @param advice what to do about it, as a sentence of its own; for a Promise the error says to await it
 * @returns the value
 * @throws {InvalidOptionError} if it has none of them
 */
export function checkHasMethod<Value>(
  option: string,
  value: Value,
  methods: readonly string[],
  expected: string,
  advice = "",
): Value {
  if (methods.some((method) => hasMethod(value, method))) return value;
  throw new InvalidOptionError(option, expected, value, adviceFor(value, advice));
}

/** What to do about a value that is not what was expected: await it, if it is a Promise, else as `advice` says. */
export function adviceFor(value: unknown, advice: string): string {
  return hasMethod(value, "then") ? "Await the Promise first." : advice;
}

function hasMethod(value: unknown, method: string): boolean {
  return typeof (value as Readonly<Record<string, unknown>> | null | undefined)?.[method] === "function";
}
