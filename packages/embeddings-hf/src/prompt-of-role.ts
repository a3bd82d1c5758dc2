import { encoderPrompt } from "@secondpass/hf-runtime";
import { type Prompts, promptOptions, type Role } from "./prompts.js";

/** A model's own prompts. */
type ModelPrompts = Parameters<typeof encoderPrompt>[0];

/**
 * Finds the text that is put before the inputs of a role, for the identity of the embeddings: another prompt gives other vectors.
 * @param own the model's own prompts; undefined if they are unknown
 * @returns "" for no prompt; undefined for a prompt of the model, if the model's prompts are unknown or none of them has that name
 */
export function promptOfRole(
  prompts: Prompts,
  role: Role,
  own: Omit<ModelPrompts, "model"> | undefined,
): string | undefined {
  const options = promptOptions(prompts, role);
  if (options.prompt !== undefined) return options.prompt;
  try {
    return own && encoderPrompt({ model: "", ...own }, options);
  } catch {
    return undefined; // The model has no prompt of that name. Embedding throws the error.
  }
}
