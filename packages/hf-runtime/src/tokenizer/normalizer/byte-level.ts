import { toByteLevel } from "../unicode/to-byte-level.js";
import { cuts } from "./cuts.js";
import type { NormalizerKind } from "./normalizer.js";

/** Writes each UTF-8 byte of the text as the character that GPT-2 uses for it. */
export const byteLevel: NormalizerKind = {
  types: ["ByteLevel"],
  create: () => Object.assign((text: string) => toByteLevel(text), { canCut: cuts.betweenCharacters }),
};
