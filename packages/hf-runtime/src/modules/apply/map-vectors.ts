import { workSlices } from "@secondpass/core";
import { feature } from "./feature.js";
import type { Features } from "./features.js";

/** A module that computes each vector independently of the others. */
export interface VectorModule {
  /** Class name, for errors. */
  readonly type: string;
  /** The feature that it reads: [..., width]. */
  readonly input: string;
  /** The feature that it writes: [..., new width]. */
  readonly output: string;
}

/** Computes a new vector from each vector of a feature. It works in time slices, because many vectors would block the thread noticeably. */
export async function mapVectors(
  features: Features,
  { type, input, output }: VectorModule,
  compute: (vector: Float32Array) => Float32Array,
): Promise<Features> {
  const { data, dims } = feature(features, input, type);
  const width = dims.at(-1) ?? 0;
  const count = width === 0 ? 0 : data.length / width;
  const slices = workSlices();
  let result = new Float32Array();
  for (let row = 0; row < count; row++) {
    if (slices.due()) await slices.pause();
    const vector = compute((data as Float32Array).subarray(row * width, (row + 1) * width));
    if (row === 0) result = new Float32Array(count * vector.length);
    result.set(vector, row * vector.length);
  }
  const newWidth = count === 0 ? width : result.length / count;
  return { ...features, [output]: { data: result, dims: [...dims.slice(0, -1), newWidth] } };
}
