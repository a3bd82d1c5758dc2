import { bertNormalizer } from "./bert-normalizer.js";
import { byteLevel } from "./byte-level.js";
import { lowercaseNormalizer } from "./lowercase-normalizer.js";
import { nmt } from "./nmt.js";
import type { NormalizerKind } from "./normalizer.js";
import { precompiled } from "./precompiled.js";
import { prepend } from "./prepend.js";
import { replace } from "./replace.js";
import { sequence } from "./sequence.js";
import { strip } from "./strip.js";
import { stripAccents } from "./strip-accents.js";
import { unicodeNormalizer } from "./unicode-normalizer.js";

/** The kinds of normalizers, by the names of `tokenizers`. */
export const normalizers: readonly NormalizerKind[] = [
  bertNormalizer,
  byteLevel,
  lowercaseNormalizer,
  nmt,
  precompiled,
  prepend,
  replace,
  sequence,
  strip,
  stripAccents,
  unicodeNormalizer,
];
