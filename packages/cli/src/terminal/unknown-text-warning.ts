import type { UnknownText } from "@secondpass/core";
import type { Output } from "../contract/world.js";
import { unknownTextSentence } from "./unknown-text-sentence.js";

/**
 * Warns that a model does not know the script of a question or of passages, once a model.
 *
 * @returns for what happens instead, and the flag of another model, a function that warns
 */
export function unknownTextWarning(
  output: Output,
): (consequence: string, flag: string) => (report: UnknownText) => void {
  const warned = new Set<string>();
  return (consequence, flag) => (report) => {
    if (warned.has(flag)) return;
    warned.add(flag);
    output.write(
      `Warning: ${unknownTextSentence(report, `the model of ${flag}`, consequence)} Give a multilingual model, such as ${report.recommended}.\n`,
    );
  };
}
