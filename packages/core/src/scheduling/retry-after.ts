import { checkNumber } from "../options/check-number.js";
import { checkText } from "../texts/check-text.js";

/** The form of "Retry-After" in seconds. Some vendors send fractions. */
const SECONDS = /^\d+(\.\d+)?$/;

/**
 * Reads the header `Retry-After`, in seconds or as an HTTP date, as a time to wait in ms. A date in the past gives 0.
 *
 * @param now ms since 1970
 * @throws {InvalidOptionError} if the header is not a string
 * @returns undefined if the header is missing or cannot be read
 *
 * @example
 * retryAfter("3"); // 3000
 */
export function retryAfter(header: string | null | undefined, now = Date.now()): number | undefined {
  checkNumber("now", now);
  const text = checkText(header ?? "", "header").trim();
  if (SECONDS.test(text)) return Number(text) * 1000;
  // Date.parse reads "-5" and "1.2.3" as dates too.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
