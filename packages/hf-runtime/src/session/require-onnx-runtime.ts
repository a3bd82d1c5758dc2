import { onnxRuntimePath, requireFrom } from "./onnx-runtime-path.js";
import { ownOnnxRuntime } from "./own-onnx-runtime.js";

/** The module itself, loaded on the calling thread, on first use: its native binary takes some 50 ms. */
export function requireOnnxRuntime(): typeof import("onnxruntime-node") {
  const path = onnxRuntimePath();
  // Never empty: the second half is there to be seen.
  return requireFrom(path)(path) ?? ownOnnxRuntime();
}
