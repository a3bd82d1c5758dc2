import type { World } from "../contract/world.js";

/** Asks a person a question on the terminal. @returns whether the answer is yes */
export async function confirm(
  question: string,
  { stdin, stderr }: Pick<World, "stdin" | "stderr">,
): Promise<boolean> {
  stderr.write(`${question} [y/N] `);
  // A terminal passes input on line by line, so the first chunk is the whole answer.
  for await (const answer of stdin ?? []) return /^\s*y(es)?\s*$/i.test(String(answer));
  return false;
}
