import { messageOf } from "../errors/message-of.js";
import { OnnxRuntimeLoadError } from "../errors/onnx-runtime-load-error.js";
import { onnxRuntimePath, requireFrom } from "./onnx-runtime-path.js";
import { ownOnnxRuntime } from "./own-onnx-runtime.js";

/**
 * The module itself, loaded on the calling thread, on first use: its native binary takes some 50 ms.
 * @throws OnnxRuntimeMissingError, OnnxRuntimeLoadError
 */
export function requireOnnxRuntime(path = onnxRuntimePath()): typeof import("onnxruntime-node") {
  try {
    // Never empty: the second half is there to be seen.
    return requireFrom(path)(path) ?? ownOnnxRuntime();
  } catch (error) {
    throw new OnnxRuntimeLoadError(path, messageOf(error), { cause: error });
  }
}
