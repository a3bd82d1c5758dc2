/**
 * Makes a stemmer of `snowball-stemmers`. That package is loaded on first use, because it takes Node longer to load than the rest of this package.
 * The ES modules contain a copy (tsdown.config.mjs), because they could only load it later asynchronously; the CommonJS modules require it.
 * @param algorithm name of the stemmer in `snowball-stemmers`
 */
export function newStemmer(algorithm: string): { stem(word: string): string } {
  const snowball = require("snowball-stemmers") as typeof import("snowball-stemmers");
  return snowball.newStemmer(algorithm);
}
