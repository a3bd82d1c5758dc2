import { newStemmer } from "./new-stemmer.js";

type Stem = (word: string) => string;

const stemmers = new Map<string, Stem>();

/** Returns the Snowball stemmer of this name. @param algorithm one of `snowball-stemmers` */
export function stemOf(algorithm: string): Stem {
  let stem = stemmers.get(algorithm);
  if (stem === undefined) {
    const stemmer = newStemmer(algorithm);
    stem = (word) => stemmer.stem(word);
    stemmers.set(algorithm, stem);
  }
  return stem;
}
