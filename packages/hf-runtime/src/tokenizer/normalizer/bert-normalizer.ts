import type { ComponentJson } from "../json/component-json.js";
import { ACCENTS, BLANKED, CHINESE, REMOVED } from "../unicode/generated/code-point-ranges.js";
import { lowercase } from "../unicode/lowercase.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { unicodeForm } from "../unicode/unicode-form.js";
import type { NormalizerKind } from "./normalizer.js";

/** The fields of a BertNormalizer in tokenizer.json. */
export interface BertNormalizerJson extends ComponentJson {
  readonly clean_text: boolean;
  readonly handle_chinese_chars: boolean;
  /** @default as `lowercase` */
  readonly strip_accents: boolean | null;
  readonly lowercase: boolean;
}

/** Nothing but its case can change. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

const createPatterns = () => ({
  removed: new RegExp(rangesPattern(REMOVED), "gu"),
  blanked: new RegExp(rangesPattern(BLANKED), "gu"),
  chinese: new RegExp(rangesPattern(CHINESE), "gu"),
  accents: new RegExp(rangesPattern(ACCENTS), "gu"),
});

/** Made when first needed: they take ten milliseconds, which importing the package should not wait for. */
let patterns: ReturnType<typeof createPatterns> | undefined;

/** BERT's: clean the text, put spaces around Chinese characters, strip accents, lower the case, in that order. */
export const bertNormalizer: NormalizerKind<BertNormalizerJson> = {
  types: ["BertNormalizer"],
  create(json) {
    patterns ??= createPatterns();
    const { removed, blanked, chinese, accents } = patterns;
    const stripsAccents = json.strip_accents ?? json.lowercase;
    return (text) => {
      if (PRINTABLE_ASCII.test(text)) return json.lowercase ? text.toLowerCase() : text;
      let result = text;
      if (json.clean_text) result = result.replace(removed, "").replace(blanked, " ");
      if (json.handle_chinese_chars) result = result.replace(chinese, " $& ");
      if (stripsAccents) result = unicodeForm(result, "NFD").replace(accents, "");
      return json.lowercase ? lowercase(result) : result;
    };
  },
};
