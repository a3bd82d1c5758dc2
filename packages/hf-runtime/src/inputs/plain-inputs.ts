import { withPrompt } from "../prompts/with-prompt.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { InputEncoder } from "./input-encoder.js";

/** The prompt before the first text, and the texts as the tokenizer joins them. */
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
      // What an empty text is made of is special; a special token at the end of a text ends the prompt alone as well.
      const special = tokenizer.encode("").ids;
      return ids.at(-1) === special.at(-1) ? ids.length - 1 : ids.length;
    },
  };
}
