import { checkPairs, type TextPair } from "@secondpass/core";
import type { PromptChoice, Prompts } from "../contracts/prompts.js";
import { promptText } from "./prompt-text.js";
import { withPrompt } from "./with-prompt.js";

/**
 * Adds a prompt to pairs, in the way of a cross-encoder without a chat template. Models add their default prompt to every pair, so pass prompted
 * pairs to them with `prompt: ""`.
 * @throws InvalidOptionError if an argument has the wrong type
 * @throws UnknownPromptError if the model has no prompt of the given name
 */
export function promptedPairs(
  model: Prompts & { readonly model: string },
  pairs: readonly TextPair[],
  choice: PromptChoice,
): readonly TextPair[] {
  checkPairs(pairs);
  const prompt = promptText(model, choice);
  return prompt ? pairs.map((pair) => withPrompt(prompt, pair)) : pairs;
}
