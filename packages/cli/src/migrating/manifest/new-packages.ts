import { ownRange } from "./own-range.js";

/** Packages of others that migrated programs import. @langchain/core brings js-tiktoken in this range, too. */
const OTHERS: Readonly<Record<string, string>> = { "js-tiktoken": "^1.0.12" };

/** Our packages, and those of others that ours are given, as far as a program imports them: name → range. */
export function newPackages(program: string): Map<string, string> {
  const names = [...program.matchAll(/["'`](@secondpass\/[a-z-]+|js-tiktoken)(?=["'`/])/g)];
  return new Map(names.map(([, name = ""]) => [name, OTHERS[name] ?? ownRange()]));
}
