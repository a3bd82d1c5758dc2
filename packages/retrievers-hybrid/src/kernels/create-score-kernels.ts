import { plainKernels } from "./plain-kernels.js";
import type { ScoreKernels } from "./score-kernels.js";
import { wasmKernels } from "./wasm-kernels.js";

/** Creates the fastest kernels that this engine can run. @param size number of documents, a multiple of 8 */
export function createScoreKernels(size: number): ScoreKernels {
  return wasmKernels(size) ?? plainKernels(size);
}
