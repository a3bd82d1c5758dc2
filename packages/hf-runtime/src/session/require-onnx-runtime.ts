import { createRequire, onnxRuntimePath } from "./onnx-runtime-path.js";

/** The module itself, loaded on the calling thread, on first use: its native binary takes some 50 ms. */
export function requireOnnxRuntime(): typeof import("onnxruntime-node") {
  const path = onnxRuntimePath();
  return createRequire(path)(path);
}
