import { bertPreTokenizer } from "./bert-pre-tokenizer.js";
import { byteLevel } from "./byte-level.js";
import { charDelimiterSplit } from "./char-delimiter-split.js";
import { digits } from "./digits.js";
import { fixedLength } from "./fixed-length.js";
import { metaspace } from "./metaspace.js";
import type { PreTokenizerKind } from "./pre-tokenizer.js";
import { punctuation } from "./punctuation.js";
import { replace } from "./replace.js";
import { sequence } from "./sequence.js";
import { split } from "./split.js";
import { whitespace } from "./whitespace.js";
import { whitespaceSplit } from "./whitespace-split.js";

/** The kinds of pre-tokenizers, by the names of `tokenizers`. */
export const preTokenizers: readonly PreTokenizerKind[] = [
  bertPreTokenizer,
  byteLevel,
  charDelimiterSplit,
  digits,
  fixedLength,
  metaspace,
  punctuation,
  replace,
  sequence,
  split,
  whitespace,
  whitespaceSplit,
];
