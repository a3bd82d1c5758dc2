import type { PromptChoice, Prompts } from "../contracts/prompts.js";
import { promptText } from "./prompt-text.js";

/** Names of prompts that every model of sentence-transformers has. They are empty by default. */
const ALWAYS_NAMED: readonly string[] = ["query", "document"];

/**
 * The text that an encoder puts before an input; "" if there is none.
 * @param model the model's prompts, and its id or path for errors
 * @throws InvalidOptionError, UnknownPromptError
 */
export function encoderPrompt(model: Prompts & { readonly model: string }, choice: PromptChoice): string {
  return promptText(model, choice, ALWAYS_NAMED);
}
