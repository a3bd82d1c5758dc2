import { readSections } from "./read-sections.mjs";

/** Copies the blocks of code of a source into its translation. Both must have the same number, in sections of the same order. */
export function copyCode(sourceText, translationText) {
  const blocks = (text) => readSections(text).flatMap(({ code }) => code);
  const [from, to] = [blocks(sourceText), blocks(translationText)];
  const lines = translationText.split("\n");
  // From the end, so that the lines above keep their numbers.
  for (const [i, { start, lines: old }] of [...to.entries()].reverse())
    lines.splice(start, old.length, ...from[i].lines);
  return lines.join("\n");
}
