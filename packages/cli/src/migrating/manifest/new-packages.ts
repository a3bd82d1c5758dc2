import { ownRange } from "./own-range.js";

/** Other packages that migrated programs import. @langchain/core depends on js-tiktoken in this range, too. */
const OTHERS: Readonly<Record<string, string>> = { "js-tiktoken": "^1.0.12" };

/** Returns those of our packages, and of the others above, that a program imports: name → range. */
export function newPackages(program: string): Map<string, string> {
  const names = [...program.matchAll(/["'`](@secondpass\/[a-z-]+|js-tiktoken)(?=["'`/])/g)];
  return new Map(names.map(([, name = ""]) => [name, OTHERS[name] ?? ownRange()]));
}
