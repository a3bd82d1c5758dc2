import { InvalidOptionError } from "../errors/invalid-option-error.js";

/** Largest edit distance between a name and a known one, as a share of the longer one's length. */
const MAX_EDIT_SHARE = 0.4;

/**
 * The known name that resembles `name` most; case, `_` and `-` do not count, so that Python's `top_n` finds `topN`.
 * @returns undefined if none resembles it
 * @throws {InvalidOptionError} if `name` is not a string, or `known` not an array of strings
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (typeof name !== "string") throw new InvalidOptionError("name", "a string", name);
  if (!Array.isArray(known) || !known.every((each) => typeof each === "string"))
    throw new InvalidOptionError("known", "an array of strings", known);
  const wanted = plain(name);
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const other = plain(candidate);
    const distance = editDistance(wanted, other);
    if (distance < least && distance <= MAX_EDIT_SHARE * Math.max(wanted.length, other.length)) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Longer texts are not mistyped names, and the time for a distance grows with the product of both lengths. */
const MAX_CHARACTERS = 64;

function plain(name: string): string {
  return name.slice(0, MAX_CHARACTERS).toLowerCase().replace(/[_-]/g, "");
}

/** Number of insertions, deletions, substitutions and swaps of neighbours that turn one text into the other (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(substituted, last[j]! + 1, row[j - 1]! + 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) distance = Math.min(distance, beforeLast[j - 2]! + 1);
      row.push(distance);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
