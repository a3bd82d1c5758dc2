import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { checkInteger } from "./check-integer.js";

/** Slots of the arrays that one search returns: 3 GiB. */
const MAX_RESULTS = 2 ** 28;

/**
 * Checks the number of neighbours of a search.
 * @param queries number of queries
 * @throws InvalidArgumentError
 */
export function checkK(k: number, queries: number): void {
  checkInteger("k", k, 1);
  if (k * queries <= MAX_RESULTS) return;
  throw new InvalidArgumentError("k", `at most ${MAX_RESULTS} for all queries together`, `${k} × ${queries}`);
}
