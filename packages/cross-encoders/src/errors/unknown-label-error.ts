import { CrossEncoderError } from "./cross-encoder-error.js";

/** Thrown if the model has no label of the given name or index. */
export class UnknownLabelError extends CrossEncoderError {
  override readonly name = "UnknownLabelError";

  /**
   * @param model the model's id or path
   * @param label the unknown name or index
   * @param labels the model's labels, by index
   */
  constructor(
    readonly model: string,
    readonly label: string | number,
    readonly labels: readonly string[],
  ) {
    super(
      `Expected \`label\` to be one of the labels of ${model}, got ${JSON.stringify(label)}. ` +
        `It has ${labels.map((name, index) => `${index} ("${name}")`).join(", ")}.`,
    );
  }
}
