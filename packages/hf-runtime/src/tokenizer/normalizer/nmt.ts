import { rangesPattern } from "../unicode/ranges-pattern.js";
import { cuts } from "./cuts.js";
import type { NormalizerKind } from "./normalizer.js";

/** The characters that `tokenizers`' Nmt removes, and those that it replaces by spaces. Found by trying every code point (0.23.3). */
const REMOVED = new RegExp(`${rangesPattern("1-8 b e-1f 7f 8f 9f")}+`, "gu");
const SPACES = new RegExp(rangesPattern("9 a c d 1680 200b-200f 2028 2029 2581 feff fffd"), "gu");

/** Removes control characters, and replaces each kind of white space by a space. */
export const nmt: NormalizerKind = {
  types: ["Nmt"],
  create: () =>
    Object.assign((text: string) => text.replace(REMOVED, "").replace(SPACES, " "), {
      canCut: cuts.betweenCharacters,
    }),
};
