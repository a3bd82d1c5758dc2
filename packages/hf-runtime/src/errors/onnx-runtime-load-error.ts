import { dirname, join } from "node:path";
import { SecondpassError } from "@secondpass/core";

/** Thrown if onnxruntime-node is installed, but its native library is missing or does not fit this system. */
export class OnnxRuntimeLoadError extends SecondpassError {
  override readonly name = "OnnxRuntimeLoadError";

  /**
   * @param path file of onnxruntime-node that was loaded
   * @param reason the system's error message
   */
  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    const folder = join(dirname(path), "../bin/napi-v6", process.platform, process.arch);
    super(
      `Cannot load onnxruntime-node (${path}): ${reason}. Expected its native library in ${folder}: install onnxruntime-node on this system, ` +
        "and, when deploying, copy that whole folder. It needs glibc on Linux: Alpine has none.",
      options,
    );
  }
}
