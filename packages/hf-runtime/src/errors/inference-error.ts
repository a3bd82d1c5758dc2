import { SecondpassError } from "@secondpass/core";

/** Thrown if onnxruntime fails in a forward pass. The session stays usable. */
export class InferenceError extends SecondpassError {
  override readonly name = "InferenceError";

  constructor(
    readonly model: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `onnxruntime failed while computing ${model}: ${reason} ` +
        "(the model stays loaded; if memory was short, load it with smaller batchTokens)",
      options,
    );
  }
}
