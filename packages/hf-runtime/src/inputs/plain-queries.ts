import type { TextInput } from "../prompts/with-prompt.js";
import type { InputEncoder } from "./input-encoder.js";

/** What Python's `string.punctuation` lists. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
const SPACES = /\p{White_Space}+/gu;

/** The first text of each pair in lower case and without ASCII's punctuation, as Provence was trained to read queries. */
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
