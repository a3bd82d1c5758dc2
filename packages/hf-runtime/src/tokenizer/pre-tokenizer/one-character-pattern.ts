import { NativePattern } from "../pattern/native-pattern.js";
import type { TextPattern } from "../pattern/text-pattern.js";

/** A pattern that matches one character of a class. */
export function oneCharacterPattern(characterClass: string): TextPattern {
  return new NativePattern(new RegExp(characterClass, "gu"), { splitsWords: false, leavesWords: false });
}
