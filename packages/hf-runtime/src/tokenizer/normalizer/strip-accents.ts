import { MARKS } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import type { NormalizerKind } from "./normalizer.js";

/** Removes combining marks. */
export const stripAccents: NormalizerKind = {
  types: ["StripAccents"],
  create() {
    const marks = new RegExp(rangesPattern(MARKS), "gu");
    return (text) => text.replace(marks, "");
  },
};
