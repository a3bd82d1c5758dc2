import { toByteLevel } from "../unicode/to-byte-level.js";
import type { NormalizerKind } from "./normalizer.js";

/** Writes the text in GPT-2's signs of its UTF-8 bytes. */
export const byteLevel: NormalizerKind = {
  types: ["ByteLevel"],
  create: () => toByteLevel,
};
