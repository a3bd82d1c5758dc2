import type { ComponentJson } from "../json/component-json.js";
import { type UnicodeForm, unicodeForm } from "../unicode/unicode-form.js";
import type { NormalizerKind } from "./normalizer.js";

interface UnicodeNormalizerJson extends ComponentJson {
  readonly type: UnicodeForm;
}

/** Unicode's normalization forms. */
export const unicodeNormalizer: NormalizerKind<UnicodeNormalizerJson> = {
  types: ["NFC", "NFD", "NFKC", "NFKD"],
  create:
    ({ type }) =>
    (text) =>
      unicodeForm(text, type),
};
