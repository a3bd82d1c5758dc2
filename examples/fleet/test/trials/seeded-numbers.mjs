import { createHash } from "node:crypto";

/**
 * Numbers from 0 to below 1, the same for the same seed.
 * @param {number} seed
 */
export function seededNumbers(seed) {
  let place = 0;
  return () => createHash("sha256").update(`${seed}:${place++}`).digest().readUInt32LE() / 2 ** 32;
}
