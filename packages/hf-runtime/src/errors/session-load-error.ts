import { SecondpassError } from "@secondpass/core";

/**
 * onnxruntime refused a model: a damaged or cut file, weights that do not fit the graph, an unknown operator, or a device whose
 * libraries are not there.
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
