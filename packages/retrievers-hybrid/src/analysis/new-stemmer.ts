/**
 * A stemmer of `snowball-stemmers`, which is loaded when it is first needed: it takes Node longer than the rest of this package. The ES modules
 * carry a copy (tsdown.config.mjs), as they could not load it later without waiting; the CommonJS modules require it.
 * @param algorithm its name there
 */
export function newStemmer(algorithm: string): { stem(word: string): string } {
  const snowball = require("snowball-stemmers") as typeof import("snowball-stemmers");
  return snowball.newStemmer(algorithm);
}
