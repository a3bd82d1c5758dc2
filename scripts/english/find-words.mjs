import { words } from "./words.mjs";

/**
 * The places of a text that have a word of the list.
 *
 * @param {string} text
 * @returns {{ line: number; found: string; instead: string }[]} lines count from 1
 */
export const findWords = (text) =>
  text.split("\n").flatMap((line, index) =>
    words.flatMap(({ word, instead, except }) => {
      const found = word.exec(line)?.[0];
      if (found === undefined || except?.test(line)) return [];
      return [{ line: index + 1, found, instead }];
    }),
  );
