/** Kinds of data that are hard for some kernels. */
export type Shape = "gaussian" | "equal" | "outlier" | "duplicates" | "huge" | "tiny";

/** Makes a seeded generator of uniform numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes [rows, dimensions] seeded random numbers. */
export function randomVectors(
  rows: number,
  dimensions: number,
  seed: number,
  shape: Shape = "gaussian",
): Float32Array {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const vectors = Float32Array.from({ length: rows * dimensions }, normal);
  for (let row = 0; row < rows; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    if (shape === "equal") vector.fill(0.25);
    if (shape === "outlier") vector[0]! += 1000;
    if (shape === "duplicates" && row > 0) {
      const twin = Math.floor(random() * row);
      vector.set(vectors.subarray(twin * dimensions, (twin + 1) * dimensions));
    }
    if (shape === "huge") for (let i = 0; i < dimensions; i++) vector[i]! *= 1e20;
    if (shape === "tiny") for (let i = 0; i < dimensions; i++) vector[i]! *= 1e-25;
  }
  return vectors;
}
