import { SecondpassError } from "@secondpass/core";

/** Thrown if no graph can be built for this model. An ONNX file in its repository would still work. */
export class UnsupportedArchitectureError extends SecondpassError {
  override readonly name = "UnsupportedArchitectureError";

  constructor(
    /** `model_type` of config.json, or the architecture's class. */
    readonly architecture: string,
    /** Model types that a graph can be built for. */
    readonly supported: readonly string[],
    reason = "",
  ) {
    super(
      `Cannot build a graph for the architecture "${architecture}"${reason === "" ? "" : `: ${reason}`}. ` +
        `Supported: ${supported.join(", ")}. A repository with an ONNX file (onnx/model.onnx) works whatever its architecture: ` +
        `"optimum-cli export onnx --model <model> <folder>" makes one.`,
    );
  }
}
