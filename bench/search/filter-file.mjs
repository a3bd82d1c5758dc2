import { existsSync, writeFileSync } from "node:fs";
import { cacheFolder } from "../support/cache-folder.mjs";
import { randomNumbers } from "../support/random-numbers.mjs";

/**
 * Writes once a file with a bitmap that allows a random share of the rows.
 * @param {number} n rows
 * @param {number} percent
 */
export function filterFile(n, percent) {
  const file = cacheFolder("vectors", `filter-${n}-${percent}.bin`);
  if (!existsSync(file)) {
    const random = randomNumbers(percent);
    const bits = new Uint8Array(Math.ceil(n / 8));
    for (let row = 0; row < n; row++) if (random() < percent / 100) bits[row >>> 3] |= 1 << (row & 7);
    writeFileSync(file, bits);
  }
  return file;
}
