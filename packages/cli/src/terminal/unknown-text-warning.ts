import type { UnknownText } from "@secondpass/core";
import type { Output } from "../contract/world.js";

/**
 * Warns that a model does not know the script of a question or of passages, once a model.
 *
 * @returns for what happens instead, and the flag of another model, a function that warns
 */
export function unknownTextWarning(
  output: Output,
): (consequence: string, flag: string) => (report: UnknownText) => void {
  const warned = new Set<string>();
  return (consequence, flag) =>
    ({ knownShare, recommended }) => {
      if (warned.has(flag)) return;
      warned.add(flag);
      output.write(
        `Warning: the model of ${flag} does not know the language of these texts (${Math.round(knownShare * 100)} % of their letters). ${consequence} Give a multilingual model, such as ${recommended}.\n`,
      );
    };
}
