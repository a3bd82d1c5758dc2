import type { IndexHeader } from "../../format/index-header.js";
import type { IndexReader } from "../../format/index-reader.js";

/** Reads the number of levels, and skips the sums, which can be computed from the vectors. @returns levels */
export async function readCumulativeSums(
  reader: IndexReader,
  { ntotal, dimensions }: Pick<IndexHeader, "ntotal" | "dimensions">,
): Promise<number> {
  const levels = await reader.size();
  reader.expect(
    levels >= 1 && levels <= dimensions,
    `Expected 1 to ${dimensions} levels of sums, got ${levels}.`,
  );
  const count = await reader.count(4);
  reader.expect(
    count === ntotal * (levels + 1),
    `Expected ${levels + 1} sums of each of ${ntotal} vectors, got ${count}.`,
  );
  reader.skip(count, 4);
  return levels;
}
