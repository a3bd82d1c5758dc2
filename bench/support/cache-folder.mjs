import { join } from "node:path";
import { fileURLToPath } from "node:url";

const DEFAULT = fileURLToPath(new URL("../node_modules/.cache", import.meta.url));

/**
 * Folder in which benchmarks keep everything that takes long to make: peers, made-up models, embedded vectors. Ignored by git.
 *
 * @param {...string} parts of the path below it. Set BENCH_CACHE to share one folder among several checkouts
 */
export function cacheFolder(...parts) {
  return join(process.env.BENCH_CACHE ?? DEFAULT, ...parts);
}
