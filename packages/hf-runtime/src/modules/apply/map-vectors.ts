import { workSlices } from "@secondpass/core";
import { feature } from "./feature.js";
import type { Features } from "./features.js";
import { stacked } from "./stacked.js";

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
