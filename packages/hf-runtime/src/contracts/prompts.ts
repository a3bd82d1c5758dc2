/** A model's own prompts by name, and the name of the one that it applies unless told otherwise. */
export interface Prompts {
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
}

/** What a caller may say of the prompt. */
export interface PromptChoice {
  /** Text put before, verbatim. Wins over `promptName`. */
  readonly prompt?: string;
  /** Name of one of the model's own `prompts`. @default the model's `default_prompt_name`, if any */
  readonly promptName?: string;
}
