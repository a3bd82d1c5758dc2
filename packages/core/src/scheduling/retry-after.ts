import { checkNumber } from "../options/check-number.js";
import { checkText } from "../texts/check-text.js";

/** What "Retry-After" may hold as a number of seconds. Vendors send fractions too. */
const SECONDS = /^\d+(\.\d+)?$/;

/**
 * The wait that a server asks for, in ms: the header `Retry-After`, as seconds or as an HTTP date. A date that is past is 0.
 *
 * @param now ms since 1970
 * @throws {InvalidOptionError} if the header is not a string
 * @returns undefined if there is none, or it cannot be read
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
