import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * Checks that a value is an AbortSignal or `undefined`.
 * @throws {InvalidOptionError} if it is not an AbortSignal
 */
export function checkSignal(signal: unknown): void {
  if (signal === undefined) return;
  // By its members: signals may come from another realm.
  const { aborted, addEventListener } = (signal ?? {}) as Partial<AbortSignal>;
  if (typeof aborted === "boolean" && typeof addEventListener === "function") return;
  const advice = signal instanceof AbortController ? "Give its `signal`." : "";
  throw new InvalidOptionError("signal", "an AbortSignal", signal, advice);
}
