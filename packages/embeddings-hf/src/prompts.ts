import { checkKnownOptions, InvalidOptionError } from "@secondpass/core";
import type { EmbedOptions } from "@secondpass/hf-runtime";

/** A prompt: the text before every input, or the name of one of the model's own prompts. */
export type PromptChoice = string | { readonly name: string };

/**
 * The prompts of queries and documents:
 * - "default": the model's `default_prompt_name` for both, if it has one, as in LangChain Python;
 * - "by-role": the model's prompt named "query" for queries, and the one named "document" for documents, as sentence-transformers' `encode_query`
 *   and `encode_document` do. A role without such a prompt gets none, even if there is a default prompt or one named "passage";
 * - an object with your own prompt for one or both; a role that is left out gets the model's default.
 */
export type Prompts =
  | "default"
  | "by-role"
  | { readonly query?: PromptChoice; readonly document?: PromptChoice };

export type Role = "query" | "document";

/** The runtime's options for a role's prompt; no options for the model's default. */
export function promptOptions(
  prompts: Prompts,
  role: Role,
): Pick<EmbedOptions, "prompt" | "promptName" | "task"> {
  if (prompts === "default") return {};
  if (prompts === "by-role") return { promptName: role, task: role };
  const choice = prompts[role];
  return typeof choice === "string" ? { prompt: choice } : { promptName: choice?.name };
}

/** @throws {InvalidOptionError} unless the value has one of the three forms */
export function checkPrompts(prompts: Prompts): Prompts {
  const isKnown = prompts === "default" || prompts === "by-role";
  if (isKnown) return prompts;
  if (typeof prompts === "object" && prompts !== null) {
    checkKnownOptions(prompts, ["query", "document"], "prompts");
    return prompts;
  }
  throw new InvalidOptionError("prompts", '"default", "by-role" or { query, document }', prompts);
}
