import { checkNumber } from "../options/check-number.js";
import { checkObject } from "../options/check-object.js";
import { checkText } from "./check-text.js";
import type { UnknownText } from "./unknown-text.js";

/** Models for which the warning was printed. */
const warned = new Set<string>();

/**
 * Warns, once per process and model, that a text is in a language that the model does not know. The text is not shown, because it is the user's.
 * @param consequence what happens instead, as a sentence
 * @throws {InvalidOptionError}
 */
export function warnOfUnknownText(report: Omit<UnknownText, "text">, consequence: string): void {
  checkObject("report", report, "a report of findUnknownText");
  const { model, knownShare, recommended } = report;
  checkNumber("report.knownShare", knownShare);
  checkText(recommended, "report.recommended");
  if (model !== undefined) checkText(model, "report.model");
  checkText(consequence, "consequence");
  const name = model ?? "The model";
  if (warned.has(name)) return;
  warned.add(name);
  const message =
    `${name} does not know the language of a text: its vocabulary has ${Math.round(knownShare * 100)} % of it. ` +
    `${consequence} Use a multilingual model, such as ${recommended}.`;
  const { process } = globalThis as { process?: { emitWarning?(message: string, type: string): void } };
  if (typeof process?.emitWarning === "function") process.emitWarning(message, "SecondpassVocabularyWarning");
  else console.warn(message);
}
