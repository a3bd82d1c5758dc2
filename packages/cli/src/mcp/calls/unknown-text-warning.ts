import type { UnknownText } from "@secondpass/core";
import { unknownTextSentence } from "../../terminal/unknown-text-sentence.js";

/** Warns an agent that a model does not know a language. */
export function unknownTextWarning(report: UnknownText, model: string, consequence: string): string {
  return `${unknownTextSentence(report, model, consequence)} A multilingual model such as ${report.recommended} would.`;
}
