import { withPrompt } from "../prompts/with-prompt.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { InputEncoder } from "./input-encoder.js";

/** An encoder of the prompt and the text, without the tokenizer's special tokens. */
export function bareInputs(tokenizer: TextTokenizer): InputEncoder {
  return {
    encodeInSlices(input, prompt, { truncationSide } = {}, signal) {
      const [text] = withPrompt(prompt, input);
      return tokenizer.encodeInSlices(text, undefined, { addSpecialTokens: false, truncationSide }, signal);
    },
    count(input, prompt) {
      const [text] = withPrompt(prompt, input);
      return tokenizer.count(text, undefined, { addSpecialTokens: false });
    },
    promptLength: (prompt) => tokenizer.count(prompt, undefined, { addSpecialTokens: false }),
  };
}
