import { safetensorsFile } from "./safetensors-file.js";

/** Mean, scale and shape of a tensor, such as "0 0.7 90x24". */
export type Recipe = string;

/** Makes a safetensors file of random float32 tensors from a seed, equal to those of tools/oracle/seeded_weights.py. */
export function seededSafetensors(tensors: Readonly<Record<string, Recipe>>, seed: number): Uint8Array {
  const drawn = Object.entries(tensors).map(([name, recipe]) => ({
    name,
    dtype: "F32",
    ...seeded(name, seed, recipe),
  }));
  return safetensorsFile(drawn);
}

export function seeded(
  name: string,
  seed: number,
  recipe: Recipe,
): { shape: number[]; values: Float32Array } {
  const [mean = "", scale = "", sizes = ""] = recipe.split(" ");
  const shape = sizes.split("x").map(Number);
  const next = mulberry32(fnv1a(`${seed}/${name}`));
  const count = shape.reduce((product, size) => product * size, 1);
  const [offset, factor] = [Number(mean), Number(scale)];
  const values = new Float32Array(count);
  // Float32Array.from would be slow: a table of positions has a hundred thousand values.
  for (let i = 0; i < count; i++) values[i] = offset + factor * ((next() + next() + next() - 1.5) * 2);
  return { shape, values };
}

/** Returns the FNV-1a hash of a text. */
function fnv1a(text: string): number {
  return Buffer.from(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

/** Makes a generator of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let step = seed;
  return () => {
    step = (step + 0x6d2b79f5) >>> 0;
    let t = Math.imul(step ^ (step >>> 15), step | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
