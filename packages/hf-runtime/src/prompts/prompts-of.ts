import type { Prompts } from "../contracts/prompts.js";

/** The prompts in `config_sentence_transformers.json`. */
export interface PromptsJson {
  readonly prompts?: Readonly<Record<string, string | null>>;
  readonly default_prompt_name?: string | null;
}

/** Reads a model's prompts; a prompt of null is empty. */
export function promptsOf({ prompts = {}, default_prompt_name }: PromptsJson): Prompts {
  return {
    prompts: Object.fromEntries(Object.entries(prompts).map(([name, text]) => [name, text ?? ""])),
    defaultPromptName: default_prompt_name ?? undefined,
  };
}
