import { checkKnownOptions, InvalidOptionError } from "@secondpass/core";
import type { EmbedOptions } from "@secondpass/hf-runtime";

/** A prompt: the text that is put before every input, or the name of one of the model's own. */
export type PromptChoice = string | { readonly name: string };

/**
 * Which prompts queries and documents get:
 * - "default": both the model's `default_prompt_name`, if it has one, as LangChain Python does;
 * - "by-role": the model's own for each role, as sentence-transformers' `encode_query` and `encode_document` do: the one
 *   named "query", and the one named "document". Nothing if there is none: neither the default prompt nor one named "passage";
 * - your own for one or both; a role left out gets the model's default.
 */
export type Prompts =
  | "default"
  | "by-role"
  | { readonly query?: PromptChoice; readonly document?: PromptChoice };

export type Role = "query" | "document";

/** The runtime's options for a role's prompt; none for the model's default. */
export function promptOptions(
  prompts: Prompts,
  role: Role,
): Pick<EmbedOptions, "prompt" | "promptName" | "task"> {
  if (prompts === "default") return {};
  if (prompts === "by-role") return { promptName: role, task: role };
  const choice = prompts[role];
  return typeof choice === "string" ? { prompt: choice } : { promptName: choice?.name };
}

/** @throws {InvalidOptionError} for anything but the three forms */
export function checkPrompts(prompts: Prompts): Prompts {
  const isKnown = prompts === "default" || prompts === "by-role";
  if (isKnown) return prompts;
  if (typeof prompts === "object" && prompts !== null) {
    checkKnownOptions(prompts, ["query", "document"], "prompts");
    return prompts;
  }
  throw new InvalidOptionError("prompts", '"default", "by-role" or { query, document }', prompts);
}
