import { checkPairs, type TextPair } from "@secondpass/core";
import type { PromptChoice, Prompts } from "../contracts/prompts.js";
import { promptText } from "./prompt-text.js";
import { withPrompt } from "./with-prompt.js";

/**
 * Pairs as a cross-encoder without a chat template reads them. The models apply their prompts to what they
 * are given: pass prompted pairs with `prompt: ""`.
 * @throws InvalidOptionError if an argument is of another kind
 * @throws UnknownPromptError
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
