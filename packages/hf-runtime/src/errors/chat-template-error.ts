import { SecondpassError } from "@secondpass/core";

/** Thrown if a model's chat template cannot be read, or does not render the texts that the model should read. */
export class ChatTemplateError extends SecondpassError {
  override readonly name = "ChatTemplateError";

  constructor(
    readonly model: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(
      `Expected the chat template of model "${model}" to render its inputs, but ${problem}. Put a working chat_template.jinja into a ` +
        "copy of the model, or choose another model.",
      options,
    );
  }
}
