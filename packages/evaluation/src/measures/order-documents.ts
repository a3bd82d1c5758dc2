import { describeValue, InvalidOptionError, type WorkSlices } from "@secondpass/core";
import { compareCodePoints } from "./compare-code-points.js";

/** Documents sorted without a pause: a few milliseconds. */
const BLOCK = 4_096;

interface Scored {
  readonly id: string;
  /** In float32, as in trec_eval: scores that differ only in float64 are ties. */
  readonly score: number;
}

/**
 * The ids in trec_eval's order: score descending, ties by id descending (in the order of UTF-8 bytes). trec_eval keeps scores in float32,
 * so scores that differ only in float64 are ties.
 *
 * @param entries id and score of each document of one query
 * @param name names the query in errors
 * @throws {InvalidOptionError} if a score is not a number; infinite ones are allowed
 */
export async function orderDocuments(
  entries: Iterable<readonly [string, number]>,
  name: string,
  slices: WorkSlices,
): Promise<string[]> {
  const documents: Scored[] = [];
  for (const [id, score] of entries) {
    if (typeof score !== "number" || Number.isNaN(score)) {
      throw new InvalidOptionError(`${name}[${describeValue(id)}]`, "a number", score);
    }
    documents.push({ id, score: Math.fround(score) });
    if (slices.due()) await slices.pause();
  }
  const sorted = await sortInSlices(documents, slices);
  return sorted.map(({ id }) => id);
}

function inOrder(a: Scored, b: Scored): number {
  return a.score === b.score ? compareCodePoints(b.id, a.id) : b.score > a.score ? 1 : -1;
}

/** Sorts blocks, and merges them in pairs, with pauses. */
async function sortInSlices(documents: readonly Scored[], slices: WorkSlices): Promise<readonly Scored[]> {
  let runs: (readonly Scored[])[] = [];
  for (let i = 0; i < documents.length; i += BLOCK) {
    runs.push(documents.slice(i, i + BLOCK).sort(inOrder));
    if (slices.due()) await slices.pause();
  }
  while (runs.length > 1) {
    const merged: (readonly Scored[])[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(i + 1 < runs.length ? await merge(runs[i]!, runs[i + 1]!, slices) : runs[i]!);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(a: readonly Scored[], b: readonly Scored[], slices: WorkSlices): Promise<Scored[]> {
  const merged: Scored[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const fromA = j === b.length || (i < a.length && inOrder(a[i]!, b[j]!) <= 0);
    merged.push(fromA ? a[i++]! : b[j++]!);
    if (merged.length % 256 === 0 && slices.due()) await slices.pause();
  }
  return merged;
}
