import { lowercase } from "../unicode/lowercase.js";
import { cuts } from "./cuts.js";
import type { NormalizerKind } from "./normalizer.js";

/** Lower case, character by character. */
export const lowercaseNormalizer: NormalizerKind = {
  types: ["Lowercase"],
  create: () => Object.assign((text: string) => lowercase(text), { canCut: cuts.betweenCharacters }),
};
