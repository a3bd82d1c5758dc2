/** What a model reads: a text, or two together. */
export type TextInput = readonly [text: string, pair?: string];

/** The input as the model reads it: the prompt before the first text alone, as in Python. */
export function withPrompt<Input extends TextInput>(prompt: string, input: Input): Input {
  const [text, ...pair] = input;
  return (prompt ? [prompt + text, ...pair] : input) as Input;
}
