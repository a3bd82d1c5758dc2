import { checkBoolean, checkPositiveInteger, InvalidOptionError } from "@secondpass/core";
import type { LengthFunction } from "./length/length-function.js";
import { codePointLength } from "./python/code-point-length.js";
import type { KeepSeparator } from "./separators/keep-separator.js";

/** Options of every splitter; names and defaults are those of LangChain Python. */
export interface TextSplitterOptions {
  /** Maximum length of a chunk, in the unit of `lengthFunction`. Minimum 1. @default 4000 */
  readonly chunkSize?: number;
  /** How much of a chunk's end the next one may repeat. 0 to `chunkSize - 1`. @default 200 */
  readonly chunkOverlap?: number;
  /** Measures a text; may return a promise. @default codePointLength, as Python's `len` */
  readonly lengthFunction?: LengthFunction;
  /**
   * Whether separators stay in the chunks: `true` and "start" put a separator at the start of the piece after it, "end"
   * at the end of the piece before it. @default false; true for RecursiveCharacterTextSplitter and its subclasses
   */
  readonly keepSeparator?: KeepSeparator;
  /**
   * Adds `metadata.startIndex`: the start of the chunk in its source, in UTF-16 units; -1 if the chunk is not an exact part of the
   * source. @default false
   */
  readonly addStartIndex?: boolean;
  /** Removes whitespace, as Python defines it, from both ends of every chunk. @default true */
  readonly stripWhitespace?: boolean;
}

/** Names of the options of every splitter. */
export const TEXT_SPLITTER_OPTIONS = [
  "chunkSize",
  "chunkOverlap",
  "lengthFunction",
  "keepSeparator",
  "addStartIndex",
  "stripWhitespace",
] as const satisfies readonly (keyof TextSplitterOptions)[];

/**
 * Checks options and fills in the defaults.
 *
 * @throws {InvalidOptionError} for sizes that are not whole numbers, an overlap that is not smaller than the size, and values of
 * a wrong type
 */
export function resolveOptions(options: TextSplitterOptions): Required<TextSplitterOptions> {
  const {
    chunkSize = 4000,
    chunkOverlap = 200,
    lengthFunction = codePointLength,
    keepSeparator = false,
    addStartIndex = false,
    stripWhitespace = true,
  } = options;
  checkSizes("chunkSize", chunkSize, "chunkOverlap", chunkOverlap);
  if (typeof lengthFunction !== "function") {
    throw new InvalidOptionError("lengthFunction", "a function from a text to its length", lengthFunction);
  }
  if (![false, true, "start", "end"].includes(keepSeparator)) {
    throw new InvalidOptionError("keepSeparator", 'false, true, "start" or "end"', keepSeparator);
  }
  checkBoolean("addStartIndex", addStartIndex);
  checkBoolean("stripWhitespace", stripWhitespace);
  return { chunkSize, chunkOverlap, lengthFunction, keepSeparator, addStartIndex, stripWhitespace };
}

/** @throws {InvalidOptionError} */
export function checkSizes(sizeName: string, size: number, overlapName: string, overlap: number): void {
  checkPositiveInteger(sizeName, size);
  if (!Number.isSafeInteger(overlap) || overlap < 0) {
    throw new InvalidOptionError(overlapName, "a whole number of at least 0", overlap);
  }
  if (overlap >= size) {
    throw new InvalidOptionError(
      overlapName,
      `smaller than \`${sizeName}\` (${size})`,
      overlap,
      `Its default is for chunks of thousands: give a smaller one along with a small \`${sizeName}\`.`,
    );
  }
}
