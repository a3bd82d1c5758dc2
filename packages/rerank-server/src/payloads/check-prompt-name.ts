import type { ModelFacts } from "./payload.js";
import { unexpected } from "./values/unexpected.js";

/** Checks the name of a prompt. @throws {RequestError} 422 if the model has no prompt with this name */
export function checkPromptName(
  name: string | undefined,
  where: string,
  { promptNames = [] }: ModelFacts,
): string | undefined {
  if (name === undefined || promptNames.includes(name)) return name;
  const known = promptNames.map((each) => `"${each}"`).join(", ");
  throw unexpected(where, known === "" ? "missing; the model has no prompts" : `one of ${known}`, name);
}
