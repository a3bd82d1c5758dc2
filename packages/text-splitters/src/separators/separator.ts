import type { KeepSeparator } from "./keep-separator.js";
import type { PieceCursor } from "./piece-cursor.js";

/** A compiled separator. Made once for each separator of a splitter; has no state of a text. */
export interface Separator {
  /** The separator as the caller wrote it. If separators are not kept, Python joins pieces with this text, even if it is a pattern. */
  readonly raw: string;
  /** The only text that it matches; undefined if it can match other texts or the empty text. */
  readonly literal?: string;
  /** Whether it splits the text into its characters. */
  readonly everyCharacter: boolean;
  /** Python's `re.search`. */
  occursIn(text: string): boolean;
  /** Python's `re.split`, without empty pieces. */
  pieces(text: string, keep: KeepSeparator): PieceCursor;
}
