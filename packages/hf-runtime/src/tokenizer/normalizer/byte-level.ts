import { toByteLevel } from "../unicode/to-byte-level.js";
import { cuts } from "./cuts.js";
import type { NormalizerKind } from "./normalizer.js";

/** Writes the text in GPT-2's signs of its UTF-8 bytes. */
export const byteLevel: NormalizerKind = {
  types: ["ByteLevel"],
  create: () => Object.assign((text: string) => toByteLevel(text), { canCut: cuts.betweenCharacters }),
};
