import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { checkInteger } from "./check-integer.js";

/** @throws InvalidArgumentError if positions start…start+count-1 do not all exist. */
export function checkRange(start: number, count: number, ntotal: number): void {
  checkInteger("start", start, 0, ntotal);
  checkInteger("count", count, 0, ntotal - start);
}

/** The position of a label, as a number. @throws InvalidArgumentError if it is not in 0…ntotal-1 */
export function checkPosition(label: bigint | number, ntotal: number): number {
  const position = typeof label === "bigint" || typeof label === "number" ? Number(label) : Number.NaN;
  if (Number.isSafeInteger(position) && position >= 0 && position < ntotal) return position;
  throw new InvalidArgumentError("label", `a position below ntotal, which is ${ntotal}`, label);
}
