import { randomNumbers } from "../support/random-numbers.mjs";

/** Dimensions in which the data really varies: embeddings have a few dozen, whatever their length. */
const INTRINSIC = 32;
const CLUSTERS = 256;

/**
 * Unit vectors shaped like text embeddings: clusters in few intrinsic dimensions, mapped into all by a random matrix, with
 * a little noise and a common offset. Uniform noise in 384 dimensions has no near neighbours and is not a fair comparison.
 *
 * @param {number} count @param {number} dimensions @param {number} seed
 * @param {(rows: Float32Array) => void} write is given the rows a piece at a time
 */
export function makeVectors(count, dimensions, seed, write) {
  const structure = normals(12345);
  const matrix = Float32Array.from({ length: INTRINSIC * dimensions }, structure);
  const offset = Float32Array.from({ length: dimensions }, () => 0.5 * structure());
  const centres = Float32Array.from({ length: CLUSTERS * INTRINSIC }, structure);
  const random = randomNumbers(seed);
  const normal = normals(seed + 1);
  const point = new Float32Array(INTRINSIC);
  const PIECE = 4096;
  for (let start = 0; start < count; start += PIECE) {
    const rows = new Float32Array(Math.min(PIECE, count - start) * dimensions);
    for (let row = 0; row < rows.length; row += dimensions) {
      const centre = Math.floor(random() * CLUSTERS) * INTRINSIC;
      for (let i = 0; i < INTRINSIC; i++) point[i] = centres[centre + i] + 0.7 * normal();
      let squares = 0;
      for (let j = 0; j < dimensions; j++) {
        let value = offset[j] + 0.4 * (random() - 0.5);
        for (let i = 0; i < INTRINSIC; i++) value += point[i] * matrix[i * dimensions + j] * 0.2;
        rows[row + j] = value;
        squares += value * value;
      }
      const scale = 1 / Math.sqrt(squares);
      for (let j = 0; j < dimensions; j++) rows[row + j] *= scale;
    }
    write(rows);
  }
}

/** Normally distributed numbers (Box and Muller). */
function normals(seed) {
  const random = randomNumbers(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
