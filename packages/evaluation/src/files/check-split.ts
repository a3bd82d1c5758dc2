import { InvalidOptionError } from "@secondpass/core";

/** Checks the name of a file of judgements, which must not be a path. @throws {InvalidOptionError} */
export function checkSplit(split: unknown): string {
  if (typeof split === "string" && /^[\w.-]+$/.test(split) && !split.startsWith(".")) return split;
  throw new InvalidOptionError("split", 'the name of a file in qrels, such as "test"', split);
}
