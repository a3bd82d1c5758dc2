import { open } from "node:fs/promises";
import { toFloat32 } from "../../safetensors/read-float32.js";
import { readTensorFrom } from "../../safetensors/read-tensor.js";
import type { TensorLocation } from "../../safetensors/tensor-location.js";
import { checkFinite } from "./check-finite.js";

/**
 * Checks the biases and norms of an int8 graph. A NaN that they bring into an activation would be rounded to a number. A NaN in an embedding
 * or a head, which are float32, reaches the result and is found there.
 * @param stored all tensors that the graph uses as they are stored
 * @throws NonFiniteWeightError
 */
export async function checkVectors(stored: readonly TensorLocation[]): Promise<void> {
  const vectors = stored.filter(({ shape }) => shape.length === 1);
  const files = new Set(vectors.map(({ file }) => file));
  for (const file of files)
    await checkFile(
      file,
      vectors.filter((vector) => vector.file === file),
    );
}

/** They are some kilobytes each, and some hundreds: one open file serves them all. */
async function checkFile(file: string, vectors: readonly TensorLocation[]): Promise<void> {
  const handle = await open(file, "r");
  try {
    const read = await Promise.all(vectors.map((vector) => readTensorFrom(handle, vector)));
    for (const [i, vector] of vectors.entries()) checkFinite(vector, toFloat32(vector, read[i]!));
  } finally {
    await handle.close();
  }
}
