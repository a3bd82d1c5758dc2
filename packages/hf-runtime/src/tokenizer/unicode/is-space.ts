import { WHITESPACE } from "./generated/code-point-ranges.js";
import { markUnits } from "./mark-units.js";

/** [65,536] 1 for the UTF-16 units of white space, all of which is below U+10000. */
export const IS_SPACE = new Uint8Array(0x10000);
markUnits(IS_SPACE, WHITESPACE, 1);
