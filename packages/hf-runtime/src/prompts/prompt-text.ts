import type { PromptChoice, Prompts } from "../contracts/prompts.js";
import { UnknownPromptError } from "../errors/unknown-prompt-error.js";

/**
 * The text that goes before an input; "" if there is none.
 * @param alwaysNamed names that mean an empty prompt if the model does not list them
 * @throws UnknownPromptError
 */
export function promptText(
  { model, prompts, defaultPromptName }: Prompts & { readonly model: string },
  { prompt, promptName }: PromptChoice,
  alwaysNamed: readonly string[] = [],
): string {
  if (prompt !== undefined) return prompt;
  const name = promptName ?? defaultPromptName;
  if (name === undefined) return "";
  const known = Object.hasOwn(prompts, name) ? prompts[name] : undefined;
  if (known !== undefined) return known;
  if (alwaysNamed.includes(name)) return "";
  throw new UnknownPromptError(model, name, Object.keys(prompts));
}
