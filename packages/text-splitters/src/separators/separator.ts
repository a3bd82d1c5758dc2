import type { KeepSeparator } from "./keep-separator.js";
import type { PieceCursor } from "./piece-cursor.js";

/** What a text is parted at. Made once for each separator of a splitter; holds no state of a text. */
export interface Separator {
  /** As the caller wrote it, pattern or text: Python puts it back between the pieces where it was not kept. */
  readonly raw: string;
  /** The one text that it matches; undefined if it matches others or nothing too. */
  readonly literal?: string;
  /** Whether the text is parted into its characters. */
  readonly everyCharacter: boolean;
  /** Python's `re.search`. */
  occursIn(text: string): boolean;
  /** Python's `re.split`, without empty pieces. */
  pieces(text: string, keep: KeepSeparator): PieceCursor;
}
