import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * Checks that a value has at least one of the given methods, such as a retriever's `invoke`.
 *
 * @param expected what it may be: completes "Expected `option` to be …"
 * @param advice what to do about it, as a complete sentence; for a Promise the error says to await it instead
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

/** Advice for an invalid value: to await it if it is a Promise, else `advice`. */
export function adviceFor(value: unknown, advice: string): string {
  return hasMethod(value, "then") ? "Await the Promise first." : advice;
}

function hasMethod(value: unknown, method: string): boolean {
  return typeof (value as Readonly<Record<string, unknown>> | null | undefined)?.[method] === "function";
}
