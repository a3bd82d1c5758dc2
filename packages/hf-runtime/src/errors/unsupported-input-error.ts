import { SecondpassError } from "@secondpass/core";

/** An ONNX model declares an input that is not made of tokens, or not of integers. */
export class UnsupportedInputError extends SecondpassError {
  override readonly name = "UnsupportedInputError";

  constructor(
    readonly input: string,
    readonly type: string,
    readonly supported: readonly string[],
  ) {
    super(
      `Expected an ONNX model whose inputs are of ${supported.join(", ")} as int32 or int64, got "${input}" as ${type}. ` +
        "Is it an encoder's export? Choose another with onnxFile.",
    );
  }
}
