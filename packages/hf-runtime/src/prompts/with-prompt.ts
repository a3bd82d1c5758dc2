/** An input of a model: a text, or a pair of texts. */
export type TextInput = readonly [text: string, pair?: string];

/** Puts the prompt before the first text of an input, as in Python. */
export function withPrompt<Input extends TextInput>(prompt: string, input: Input): Input {
  const [text, ...pair] = input;
  return (prompt ? [prompt + text, ...pair] : input) as Input;
}
