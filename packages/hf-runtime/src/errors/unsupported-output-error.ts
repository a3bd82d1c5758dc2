import { SecondpassError } from "@secondpass/core";

/** Thrown if an ONNX model has no output of the needed kind, or several candidates. */
export class UnsupportedOutputError extends SecondpassError {
  override readonly name = "UnsupportedOutputError";

  constructor(
    readonly model: string,
    /** What is needed, with its shape. */
    readonly expected: string,
    /** The outputs that it has, with types and shapes. */
    readonly outputs: readonly string[],
  ) {
    super(
      `Expected the ONNX file of ${model} to give ${expected}, got ${outputs.join(", ") || "no output at all"}. ` +
        "Choose another file with onnxFile, or export the model again: optimum-cli export onnx --task feature-extraction for an embedding " +
        "model, --task text-classification for a reranker.",
    );
  }
}
