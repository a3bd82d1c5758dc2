import type { ModelFiles } from "../model-source/model-files.js";
import { openModuleWeights } from "./module-weights.js";

/** torch.nn.LayerNorm's epsilon, which the module's configuration cannot change. */
const EPSILON = 1e-5;

/** A LayerNorm module of sentence-transformers: mean 0 and variance 1 over a vector, then scaled and shifted by dimension. */
export interface LayerNorm {
  /** [dimensions] */
  readonly weight: Float32Array;
  /** [dimensions] */
  readonly bias: Float32Array;
}

/** @throws NoSafetensorsError, MissingWeightError */
export async function loadLayerNorm(files: ModelFiles, folder: string): Promise<LayerNorm> {
  const weights = await openModuleWeights(files, folder);
  return { weight: await weights.read("norm.weight"), bias: await weights.read("norm.bias") };
}

/** [dimensions] → [dimensions] */
export function applyLayerNorm({ weight, bias }: LayerNorm, vector: Float32Array): Float32Array {
  const mean = vector.reduce((sum, x) => sum + x, 0) / vector.length;
  const variance = vector.reduce((sum, x) => sum + (x - mean) ** 2, 0) / vector.length;
  const deviation = Math.sqrt(variance + EPSILON);
  return vector.map((x, i) => ((x - mean) / deviation) * weight[i]! + bias[i]!);
}
