import { lowercase } from "../unicode/lowercase.js";
import type { NormalizerKind } from "./normalizer.js";

/** Lower case, character by character. */
export const lowercaseNormalizer: NormalizerKind = {
  types: ["Lowercase"],
  create: () => lowercase,
};
