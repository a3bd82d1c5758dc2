import { checkCallOptions } from "../options/check-call-options.js";
import { checkText } from "./check-text.js";
import { latinLanguage } from "./latin-language.js";
import type { UnknownText } from "./unknown-text.js";
import type { VocabularyAware } from "./vocabulary-aware.js";

/**
 * Smallest share of letters that a model must know. Measured on the Universal Declaration in 23 languages, in parts of 200 letters: XLM-RoBERTa's vocabulary knows
 * 0.75 to 1 (Amharic 0.55); English vocabularies know 0 to 0.4 of other scripts and of other languages in Latin letters.
 */
const KNOWN_ENOUGH = 0.65;

/** English text with a smaller share of letters outside the Latin script is not checked: every vocabulary knows most of it. */
const FOREIGN_ENOUGH = 0.25;

/** Number of UTF-16 units that are checked. */
const MAX_CHARACTERS = 1000;

const LETTER = /\p{L}/gu;
const FOREIGN = /[^\p{Script=Latin}\P{L}]/gu;

/** Options of {@link findUnknownText}. */
export interface FindUnknownTextOptions {
  /** A model that knows more languages, for the report. */
  readonly recommended: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks whether a text is in a script or a language that a model's vocabulary does not know. English is not checked: every vocabulary knows it.
 * @returns a report if so; undefined if the text is known, or if the model cannot tell
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 * @throws what `knownShare` of the model throws
 */
export async function findUnknownText(
  model: unknown,
  text: string,
  options: FindUnknownTextOptions,
): Promise<UnknownText | undefined> {
  checkText(text, "text");
  checkCallOptions(options, "findUnknownText", ["recommended", "signal"]);
  const recommended = checkText(options?.recommended, "recommended");
  const { signal } = options;
  if (!isVocabularyAware(model) || !isForeign(text)) return undefined;
  const knownShare = await model.knownShare(text, { signal });
  if (knownShare >= KNOWN_ENOUGH) return undefined;
  const name = typeof model.model === "string" ? model.model : undefined;
  return { model: name, text, knownShare, recommended };
}

function isVocabularyAware(model: unknown): model is VocabularyAware {
  return typeof (model as Partial<VocabularyAware> | null | undefined)?.knownShare === "function";
}

function isForeign(whole: string): boolean {
  const text = whole.slice(0, MAX_CHARACTERS);
  const foreign = text.match(FOREIGN)?.length ?? 0;
  if (foreign > 0 && foreign >= FOREIGN_ENOUGH * text.match(LETTER)!.length) return true;
  return latinLanguage(text) !== undefined;
}
