import { SecondpassError } from "@secondpass/core";

/** Thrown if a model is too large for one ONNX file with its weights inside. */
export class OnnxSizeError extends SecondpassError {
  override readonly name = "OnnxSizeError";

  constructor(
    /** Bytes of the weights. */
    readonly weightBytes: number,
    /** Bytes that a file may have. */
    readonly maximum: number,
  ) {
    super(
      `Expected weights of less than ${maximum} bytes for an ONNX file that holds them (protobuf's limit), got ${weightBytes}. ` +
        "Load the model from its safetensors files instead, which need no such file; all of them must be on one drive.",
    );
  }
}
