/** A model's own prompts by name, and the name of its default prompt. */
export interface Prompts {
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
}

/** The prompt that a caller chooses. */
export interface PromptChoice {
  /** Text to put before the input, verbatim. It overrides `promptName`. */
  readonly prompt?: string;
  /** Name of one of the model's own `prompts`. @default the model's `default_prompt_name`, if any */
  readonly promptName?: string;
}
