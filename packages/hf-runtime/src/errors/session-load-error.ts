import { SecondpassError } from "./secondpass-error.js";

/** onnxruntime refused a model: a damaged or cut file, weights that do not fit the graph, an unknown operator. */
export class SessionLoadError extends SecondpassError {
  override readonly name = "SessionLoadError";

  constructor(
    readonly model: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `onnxruntime could not load ${model}: ${reason} ` +
        "(is the file whole, do its weights belong to it, and is onnxruntime-node new enough for it?)",
      options,
    );
  }
}
