import { plainKernels } from "./plain-kernels.js";
import type { ScoreKernels } from "./score-kernels.js";
import { wasmKernels } from "./wasm-kernels.js";

/** The fastest kernels that this engine runs. @param size documents, a multiple of 8 */
export function createScoreKernels(size: number): ScoreKernels {
  return wasmKernels(size) ?? plainKernels(size);
}
