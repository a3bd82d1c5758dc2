import type { UnknownText } from "@secondpass/core";
import type { Output } from "../contract/world.js";
import { unknownTextSentence } from "./unknown-text-sentence.js";

/**
 * Makes a function that warns, once for each model, that a model does not know the script of a question or of passages.
 *
 * @returns a function that takes the consequence and the flag of the model, and returns the listener
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
