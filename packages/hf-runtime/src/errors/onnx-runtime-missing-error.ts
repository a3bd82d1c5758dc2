import { SecondpassError } from "@secondpass/core";

/** Thrown if onnxruntime-node cannot be found from where this code runs. */
export class OnnxRuntimeMissingError extends SecondpassError {
  override readonly name = "OnnxRuntimeMissingError";

  constructor(readonly searchedFrom: readonly string[]) {
    super(
      `Expected to find the package onnxruntime-node from ${searchedFrom.join(", ")}, found it nowhere. ` +
        "Install it next to your program and, when bundling, keep it external (it is a native module).",
    );
  }
}
