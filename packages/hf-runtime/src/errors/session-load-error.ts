import { SecondpassError } from "@secondpass/core";

/**
 * Thrown if onnxruntime cannot load a model: the file is damaged or cut, weights do not fit the graph, an operator is unknown, or the
 * libraries of the device are missing.
 */
export class SessionLoadError extends SecondpassError {
  override readonly name = "SessionLoadError";

  constructor(
    readonly model: string,
    readonly device: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    const advice =
      device === "cpu"
        ? "is the file whole, do its weights belong to it, and is onnxruntime-node new enough for it?"
        : `are the driver and the libraries of "${device}" installed, and does the model load with device: "cpu"?`;
    super(`onnxruntime could not load ${model} on device "${device}": ${reason} (${advice})`, options);
  }
}
