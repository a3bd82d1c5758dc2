import { encoderPrompt } from "@secondpass/hf-runtime";
import { type Prompts, promptOptions, type Role } from "./prompts.js";

/** A model's own prompts. */
type ModelPrompts = Parameters<typeof encoderPrompt>[0];

/**
 * Finds the text before the inputs of a role; "" if there is none.
 * @param own the model's own prompts, if they are known
 * @returns undefined if it is one of the model's own prompts and these are unknown
 */
export function promptBefore(
  prompts: Prompts,
  role: Role,
  own: Omit<ModelPrompts, "model"> | undefined,
): string | undefined {
  const options = promptOptions(prompts, role);
  if (options.prompt !== undefined) return options.prompt;
  try {
    return own && encoderPrompt({ model: "", ...own }, options);
  } catch {
    return undefined; // There is no prompt of that name; embedding throws.
  }
}
