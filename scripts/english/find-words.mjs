import { words } from "./words.mjs";

/**
 * The places of a text that have a word of the list.
 *
 * @param {string} text
 * @returns {{ line: number; found: string; instead: string }[]} lines count from 1
 */
export const findWords = (text) =>
  text
    .split("\n")
    .flatMap((line, index) =>
      words
        .filter(({ except }) => !except?.test(line))
        .flatMap(({ word, instead }) =>
          [...line.matchAll(word)].map(([found]) => ({ line: index + 1, found, instead })),
        ),
    );
