import type { ComponentJson } from "../json/component-json.js";
import { type UnicodeForm, unicodeForm, unicodeFormInSteps } from "../unicode/unicode-form.js";
import { cuts } from "./cuts.js";
import type { NormalizerKind } from "./normalizer.js";

interface UnicodeNormalizerJson extends ComponentJson {
  readonly type: UnicodeForm;
}

/** Unicode's normalization forms. */
export const unicodeNormalizer: NormalizerKind<UnicodeNormalizerJson> = {
  types: ["NFC", "NFD", "NFKC", "NFKD"],
  create: ({ type }) =>
    Object.assign((text: string) => unicodeForm(text, type), {
      canCut: cuts.beforeStarters,
      inSteps: (text: string) => unicodeFormInSteps(text, type),
    }),
};
