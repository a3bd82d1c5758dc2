import { messageOf } from "../errors/message-of.js";
import { OnnxRuntimeLoadError } from "../errors/onnx-runtime-load-error.js";
import { onnxRuntimePath, requireFrom } from "./onnx-runtime-path.js";
import { ownOnnxRuntime } from "./own-onnx-runtime.js";

/**
 * Loads onnxruntime-node on the calling thread. It is loaded on first use, because its native binary takes some 50 ms.
 * @throws OnnxRuntimeMissingError, OnnxRuntimeLoadError
 */
export function requireOnnxRuntime(path = onnxRuntimePath()): typeof import("onnxruntime-node") {
  try {
    // The left side is never null; the right side is only for bundlers to find.
    return requireFrom(path)(path) ?? ownOnnxRuntime();
  } catch (error) {
    throw new OnnxRuntimeLoadError(path, messageOf(error), { cause: error });
  }
}
