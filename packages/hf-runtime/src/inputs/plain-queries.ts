import type { TextInput } from "../prompts/with-prompt.js";
import type { InputEncoder } from "./input-encoder.js";

/** The characters of Python's `string.punctuation`. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
const SPACES = /\p{White_Space}+/gu;

/** An encoder that changes each pair's first text to lower case without ASCII punctuation, as in the queries of Provence's training. */
export function plainQueries(inner: InputEncoder): InputEncoder {
  const plain = <Input extends TextInput>([text, ...pair]: Input): Input => {
    const words = text.toLowerCase().replace(PUNCTUATION, "").replace(SPACES, " ").trim();
    return [words, ...pair] as unknown as Input;
  };
  return {
    encodeInSlices: (input, prompt, options, signal) =>
      inner.encodeInSlices(plain(input), prompt, options, signal),
    locateInSlices: (input, prompt, options, signal) =>
      inner.locateInSlices!(plain(input), prompt, options, signal),
    count: (input, prompt) => inner.count(plain(input), prompt),
    promptLength: (prompt) => inner.promptLength(prompt),
  };
}
