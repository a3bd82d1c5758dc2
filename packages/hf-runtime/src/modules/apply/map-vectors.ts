import { workSlices } from "@secondpass/core";
import { type Features, feature } from "../features.js";

/** Computes the sentence's vector of each text of a batch from what it is; in time slices, since many take long enough to be felt. */
export async function mapVectors(
  features: Features,
  reader: string,
  compute: (vector: Float32Array) => Float32Array,
): Promise<Features> {
  const { data, dims } = feature(features, "sentence_embedding", reader);
  const [rows = 0, width = 0] = dims;
  const slices = workSlices();
  const vectors: Float32Array[] = [];
  for (let row = 0; row < rows; row++) {
    if (slices.due()) await slices.pause();
    vectors.push(compute((data as Float32Array).subarray(row * width, (row + 1) * width)));
  }
  return { ...features, sentence_embedding: stacked(vectors) };
}

/** Vectors of one width as one tensor: [rows][width] → [rows, width]. */
export function stacked(vectors: readonly Float32Array[]) {
  const width = vectors[0]?.length ?? 0;
  const data = new Float32Array(vectors.length * width);
  for (const [row, vector] of vectors.entries()) data.set(vector, row * width);
  return { data, dims: [vectors.length, width] };
}
