import type { PromptChoice, Prompts } from "../contracts/prompts.js";
import { promptText } from "./prompt-text.js";

/** Prompts that every model of sentence-transformers has: empty, unless it says otherwise. */
const ALWAYS_NAMED: readonly string[] = ["query", "document"];

/**
 * The text that an encoder puts before an input; "" if there is none.
 * @param model its id or path, for the error
 * @throws InvalidOptionError, UnknownPromptError
 */
export function encoderPrompt(model: Prompts & { readonly model: string }, choice: PromptChoice): string {
  return promptText(model, choice, ALWAYS_NAMED);
}
