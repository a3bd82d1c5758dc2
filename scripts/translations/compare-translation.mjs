import { readSections } from "./read-sections.mjs";

/**
 * Compares a translation with its source.
 *
 * @param source, translation names of both files, for the sentences
 * @param accepted hashes of the source's sections when the translation was accepted
 * @returns sentences: `headings`, differences that only an editor can fix; `code`, blocks of code that differ; `changed`, sections of the source that are new or differ
 *   from the translated ones
 */
export function compareTranslation({ source, translation, sourceText, translationText, accepted }) {
  const [from, to] = [readSections(sourceText), readSections(translationText)];
  for (let i = 0; i < Math.max(from.length, to.length); i++) {
    const [expected, got] = [describe(from[i]), describe(to[i])];
    if (from[i]?.level === to[i]?.level && from[i].code.length === to[i].code.length) continue;
    const sentence = `${translation}: expected a section like ${expected} of ${source}, with as many blocks of code, got ${got}.`;
    return { headings: [sentence], code: [], changed: [] };
  }
  const code = from
    .filter((section, i) => textOf(section) !== textOf(to[i]))
    .map(
      (section) => `${translation}: the code of section ${describe(section)} differs from that in ${source}.`,
    );
  const changed = from
    .filter(({ hash }) => !accepted.includes(hash))
    .map(
      (section) => `${source}: section ${describe(section)} has changed since ${translation} was translated.`,
    );
  return { headings: [], code, changed };
}

const textOf = ({ code }) => code.map(({ lines }) => lines.join("\n")).join("\n\n");

function describe(section) {
  if (section === undefined) return "no further one";
  return section.level === 0 ? "the beginning" : `"${"#".repeat(section.level)} ${section.heading}"`;
}
