import type { ComponentJson } from "../json/component-json.js";
import { WHITESPACE } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import type { NormalizerKind } from "./normalizer.js";

interface StripJson extends ComponentJson {
  readonly strip_left: boolean;
  readonly strip_right: boolean;
}

const LEADING_SPACE = new RegExp(`^${rangesPattern(WHITESPACE)}+`, "u");
const TRAILING_SPACE = new RegExp(`${rangesPattern(WHITESPACE)}+$`, "u");

/** Removes the white space at one end or both. */
export const strip: NormalizerKind<StripJson> = {
  types: ["Strip"],
  create: (json) => (text) => {
    const start = json.strip_left ? text.replace(LEADING_SPACE, "") : text;
    return json.strip_right ? start.replace(TRAILING_SPACE, "") : start;
  },
};
