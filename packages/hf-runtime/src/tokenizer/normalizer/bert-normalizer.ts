import type { ComponentJson } from "../json/component-json.js";
import type { Steps } from "../steps/steps.js";
import { ACCENTS, BLANKED, CHINESE, REMOVED } from "../unicode/generated/code-point-ranges.js";
import { lowercase } from "../unicode/lowercase.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { unicodeForm, unicodeFormInSteps } from "../unicode/unicode-form.js";
import { cuts } from "./cuts.js";
import type { Normalizer, NormalizerKind } from "./normalizer.js";
import { replaceInPieces } from "./replace-in-pieces.js";

/** The fields of a BertNormalizer in tokenizer.json. */
export interface BertNormalizerJson extends ComponentJson {
  readonly clean_text: boolean;
  readonly handle_chinese_chars: boolean;
  /** @default the value of `lowercase` */
  readonly strip_accents: boolean | null;
  readonly lowercase: boolean;
}

/** A text of which only the case can change. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

const createPatterns = () => ({
  removed: new RegExp(`${rangesPattern(REMOVED)}+`, "gu"),
  isRemoved: new RegExp(`^${rangesPattern(REMOVED)}`, "u"),
  blanked: new RegExp(rangesPattern(BLANKED), "gu"),
  chinese: new RegExp(rangesPattern(CHINESE), "gu"),
  accents: new RegExp(`${rangesPattern(ACCENTS)}+`, "gu"),
});

/** Created on first use: this takes ten milliseconds, too long for the import of the package. */
let patterns: ReturnType<typeof createPatterns> | undefined;

/** BERT's normalizer: cleans the text, puts spaces around Chinese characters, strips accents and lowers the case, in that order. */
export const bertNormalizer: NormalizerKind<BertNormalizerJson> = {
  types: ["BertNormalizer"],
  create(json) {
    patterns ??= createPatterns();
    const { removed, isRemoved, blanked, chinese, accents } = patterns;
    const stripsAccents = json.strip_accents ?? json.lowercase;
    const clean = (text: string): string => {
      const result = json.clean_text ? text.replace(removed, "").replace(blanked, " ") : text;
      return json.handle_chinese_chars ? result.replace(chinese, " $& ") : result;
    };
    const lower = (text: string): string => (json.lowercase ? lowercase(text) : text);
    const normalize = (text: string): string => {
      if (PRINTABLE_ASCII.test(text)) return json.lowercase ? text.toLowerCase() : text;
      const cleaned = clean(text);
      return lower(stripsAccents ? unicodeForm(cleaned, "NFD").replace(accents, "") : cleaned);
    };
    const inSteps = function* (text: string): Steps<string> {
      const cleaned = yield* replaceInPieces(text, clean);
      if (!stripsAccents) return yield* replaceInPieces(cleaned, lower);
      const decomposed = yield* unicodeFormInSteps(cleaned, "NFD");
      return yield* replaceInPieces(decomposed, (piece) => lower(piece.replace(accents, "")));
    };
    const canCut = (text: string, at: number): boolean =>
      cuts.beforeStarters(text, at) && !isRemoved.test(text.slice(at, at + 2));
    const byCharacter = (part: (text: string) => string): Normalizer =>
      Object.assign((text: string) => part(text), { canCut: cuts.betweenCharacters });
    const decompose = Object.assign((text: string) => unicodeForm(text, "NFD"), {
      canCut: cuts.beforeStarters,
    });
    const withoutAccents = [decompose, byCharacter((text) => text.replace(accents, ""))];
    const parts = [byCharacter(clean), ...(stripsAccents ? withoutAccents : []), byCharacter(lower)];
    return Object.assign(normalize, { canCut, inSteps, parts });
  },
};
