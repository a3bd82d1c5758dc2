import type { Prompts } from "../contracts/prompts.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";

/** Reads a model's prompts; a prompt of null is empty. */
export function promptsOf({
  prompts,
  default_prompt_name,
}: Pick<SentenceTransformersJson, "prompts" | "default_prompt_name">): Prompts {
  return {
    prompts: Object.fromEntries(Object.entries(prompts ?? {}).map(([name, text]) => [name, text ?? ""])),
    defaultPromptName: default_prompt_name ?? undefined,
  };
}
