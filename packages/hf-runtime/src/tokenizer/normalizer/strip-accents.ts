import { MARKS } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { cuts } from "./cuts.js";
import type { NormalizerKind } from "./normalizer.js";

/** Removes combining marks. */
export const stripAccents: NormalizerKind = {
  types: ["StripAccents"],
  create() {
    const marks = new RegExp(`${rangesPattern(MARKS)}+`, "gu");
    return Object.assign((text: string) => text.replace(marks, ""), { canCut: cuts.betweenCharacters });
  },
};
