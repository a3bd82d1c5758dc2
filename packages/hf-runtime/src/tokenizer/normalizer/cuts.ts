import { hasBoundaryBefore } from "../unicode/has-boundary-before.js";
import { wordLetterUnits } from "../unicode/word-letter-units.js";

/** Checks whether a text can be cut at a position before it is normalized, for different kinds of normalizers. */
export const cuts = {
  /** Between any two characters. */
  betweenCharacters: (text: string, at: number): boolean => {
    const unit = text.charCodeAt(at);
    return !(unit >= 0xdc00 && unit <= 0xdfff);
  },
  /** Between two letters of `wordLetterUnits`. */
  betweenLetters: (text: string, at: number): boolean => {
    const letters = wordLetterUnits();
    return letters[text.charCodeAt(at)] === 1 && letters[text.charCodeAt(at - 1)] === 1;
  },
  /** Before a character that no Unicode form combines with the one before it. */
  beforeStarters: hasBoundaryBefore,
};
