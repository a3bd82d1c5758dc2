import { SecondpassError } from "./secondpass-error.js";

/** A repository has no weights of the kind asked for. */
export class WeightsNotFoundError extends SecondpassError {
  override readonly name = "WeightsNotFoundError";

  /**
   * @param wanted the dtype or file asked for
   * @param lookedFor repository paths that would have served, best first
   * @param available every weights file that the repository has
   */
  constructor(
    readonly model: string,
    readonly wanted: string,
    readonly lookedFor: readonly string[],
    readonly available: readonly string[],
  ) {
    super(
      `Expected ${model} to have weights for "${wanted}" (looked for ${lookedFor.join(", ")}), ` +
        `found ${available.join(", ") || "no weights at all"}.${advice(available)}`,
    );
  }
}

function advice(available: readonly string[]): string {
  if (available.some((path) => path.endsWith(".safetensors") || path.endsWith(".onnx"))) {
    return " Choose a dtype that is there, or name a file with onnxFile.";
  }
  if (available.some((path) => path.endsWith(".bin"))) {
    return (
      " PyTorch's pickled weights cannot be read safely. Convert them once with Python: " +
      "AutoModel.from_pretrained(model).save_pretrained(folder) writes model.safetensors " +
      "(AutoModelForSequenceClassification for a cross-encoder)."
    );
  }
  return "";
}
