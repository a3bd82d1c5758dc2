import { startsAnew } from "../unicode/starts-anew.js";
import { wordLetterUnits } from "../unicode/word-letter-units.js";

/** Places at which a text can be cut before it is normalized, by what normalizers look at. */
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
  /** In front of a character that no Unicode form joins to the one before. */
  beforeStarters: startsAnew,
};
