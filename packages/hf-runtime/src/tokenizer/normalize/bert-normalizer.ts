import { ACCENTS, BLANKED, CHINESE, REMOVED } from "../unicode/generated/code-point-ranges.js";
import { lowercase } from "../unicode/lowercase.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { unicodeForm } from "../unicode/unicode-form.js";

/** The fields of a BertNormalizer in tokenizer.json. */
export interface BertNormalizerJson {
  readonly clean_text: boolean;
  readonly handle_chinese_chars: boolean;
  /** @default as `lowercase` */
  readonly strip_accents: boolean | null;
  readonly lowercase: boolean;
}

const REMOVED_PATTERN = new RegExp(rangesPattern(REMOVED), "gu");
const BLANKED_PATTERN = new RegExp(rangesPattern(BLANKED), "gu");
const CHINESE_PATTERN = new RegExp(rangesPattern(CHINESE), "gu");
const ACCENTS_PATTERN = new RegExp(rangesPattern(ACCENTS), "gu");

/** Nothing but its case can change. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** BertNormalizer of `tokenizers`: clean, spaces around Chinese characters, strip accents, lower case, in that order. */
export function bertNormalizer(json: BertNormalizerJson): (text: string) => string {
  const stripAccents = json.strip_accents ?? json.lowercase;
  return (text) => {
    if (PRINTABLE_ASCII.test(text)) return json.lowercase ? text.toLowerCase() : text;
    let result = text;
    if (json.clean_text) result = result.replace(REMOVED_PATTERN, "").replace(BLANKED_PATTERN, " ");
    if (json.handle_chinese_chars) result = result.replace(CHINESE_PATTERN, " $& ");
    if (stripAccents) result = unicodeForm(result, "NFD").replace(ACCENTS_PATTERN, "");
    return json.lowercase ? lowercase(result) : result;
  };
}
