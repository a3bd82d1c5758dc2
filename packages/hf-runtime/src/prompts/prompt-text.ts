import { checkObject, checkText } from "@secondpass/core";
import type { PromptChoice, Prompts } from "../contracts/prompts.js";
import { UnknownPromptError } from "../errors/unknown-prompt-error.js";

/**
 * The text to put before an input; "" if there is none.
 * @param alwaysNamed names of prompts that are empty if the model does not list them
 * @throws InvalidOptionError, UnknownPromptError
 */
export function promptText(
  owner: Prompts & { readonly model: string },
  choice: PromptChoice,
  alwaysNamed: readonly string[] = [],
): string {
  checkObject("model", owner, "a model with prompts");
  checkObject("choice", choice, "the choice of a prompt");
  const { model, prompts, defaultPromptName } = owner;
  const { prompt, promptName } = choice;
  checkText(model, "model.model");
  if (prompt !== undefined) return checkText(prompt, "prompt");
  if (promptName !== undefined) checkText(promptName, "promptName");
  const name = promptName ?? defaultPromptName;
  if (name === undefined) return "";
  checkObject("model.prompts", prompts);
  const known = Object.hasOwn(prompts, name) ? prompts[name] : undefined;
  if (known !== undefined) return checkText(known, `model.prompts.${name}`);
  if (alwaysNamed.includes(name)) return "";
  throw new UnknownPromptError(model, name, Object.keys(prompts));
}
