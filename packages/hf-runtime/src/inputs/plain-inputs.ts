import { withPrompt } from "../prompts/with-prompt.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { InputEncoder } from "./input-encoder.js";

/** An encoder that puts the prompt before the first text and lets the tokenizer join the texts. */
export function plainInputs(tokenizer: TextTokenizer): InputEncoder {
  return {
    encodeInSlices(input, prompt, options, signal) {
      const [text, pair] = withPrompt(prompt, input);
      return tokenizer.encodeInSlices(text, pair, options, signal);
    },
    locateInSlices(input, prompt, options, signal) {
      const [text, pair] = withPrompt(prompt, input);
      return tokenizer.locateInSlices(text, pair, options, signal);
    },
    count: (input, prompt) => tokenizer.count(...withPrompt(prompt, input)),
    promptLength(prompt) {
      if (prompt === "") return 0;
      const { ids } = tokenizer.encode(prompt);
      // An empty text has special tokens only. If its last token also ends the encoded prompt, it does not belong to the prompt.
      const special = tokenizer.encode("").ids;
      return ids.at(-1) === special.at(-1) ? ids.length - 1 : ids.length;
    },
  };
}
