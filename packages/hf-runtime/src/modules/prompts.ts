import type { TextPair } from "@secondpass/core";
import { checkPairs } from "@secondpass/core";
import { UnknownPromptError } from "../errors/unknown-prompt-error.js";

/** The prompts in `config_sentence_transformers.json`. */
export interface PromptsJson {
  readonly prompts?: Readonly<Record<string, string | null>>;
  readonly default_prompt_name?: string | null;
}

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

export function promptsOf({ prompts = {}, default_prompt_name }: PromptsJson): Prompts {
  return {
    prompts: Object.fromEntries(Object.entries(prompts).map(([name, text]) => [name, text ?? ""])),
    defaultPromptName: default_prompt_name ?? undefined,
  };
}

/**
 * The text that goes before an input; "" for none.
 * @param unlisted names that mean no prompt where the model lists none for them
 * @throws UnknownPromptError
 */
export function promptText(
  { model, prompts, defaultPromptName }: Prompts & { readonly model: string },
  { prompt, promptName }: PromptChoice,
  unlisted: readonly string[] = [],
): string {
  if (prompt !== undefined) return prompt;
  const name = promptName ?? defaultPromptName;
  if (name === undefined) return "";
  const known = Object.hasOwn(prompts, name) ? prompts[name] : undefined;
  if (known === undefined && unlisted.includes(name)) return "";
  if (known === undefined) throw new UnknownPromptError(model, name, Object.keys(prompts));
  return known;
}

/**
 * Pairs as a cross-encoder reads them: the prompt before the query alone, as in Python.
 * @throws InvalidOptionError for what is no list of pairs, UnknownPromptError
 */
export function promptedPairs(
  model: Prompts & { readonly model: string },
  pairs: readonly TextPair[],
  choice: PromptChoice,
): readonly TextPair[] {
  checkPairs(pairs);
  const prompt = promptText(model, choice);
  return prompt ? pairs.map(([query, text]): TextPair => [prompt + query, text]) : pairs;
}
