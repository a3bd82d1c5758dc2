import { isWritten } from "./manual-passages.mjs";

/** Particles that Korean joins to nouns, longest first. */
const PARTICLES =
  /(?:에서는|으로는|에게서|으로|에서|에는|까지|부터|처럼|에게|이나|은|는|이|가|을|를|에|의|로|와|과|도|만|나)$/;
/** Particles and their replacements. */
const OTHERS = ["은", "를", "에서", "의", "도", "까지"];
/** Words of a question. */
const WORDS = 3;

/**
 * Makes questions by rule: each heading that occurs once in the manuals is a question for the passages under it. In Korean, also the rarest words of a passage's middle
 * sentence, with changed particles, are a question for that passage.
 * @param {ReturnType<import("./manual-passages.mjs").manualPassages>} passages
 * @returns {{ kind: "heading" | "words", text: string, grades: Map<string, number> }[]}
 */
export function manualQuestions(passages, language) {
  const fromHeadings = headingQuestions(passages, language);
  return language === "ko" ? [...fromHeadings, ...wordQuestions(passages)] : fromHeadings;
}

function headingQuestions(passages, language) {
  const sections = grouped(passages, ({ heading }) => heading);
  const questions = [];
  for (const [heading, under] of sections) {
    const isOnce = new Set(under.map(({ section }) => section)).size === 1;
    const letters = heading.match(/\p{L}/gu)?.length ?? 0;
    if (!isOnce || letters < 4 || !isWritten(heading, language)) continue;
    questions.push({ kind: "heading", text: heading, grades: new Map(under.map(({ id }) => [id, 1])) });
  }
  return questions;
}

function wordQuestions(passages) {
  const counts = new Map();
  for (const { text } of passages) {
    for (const word of new Set(stems(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return passages.flatMap(({ id, text }, i) => {
    const sentences = text.split(/(?<=[.!?])\s/);
    const words = stems(sentences[sentences.length >> 1]);
    if (words.length <= WORDS) return [];
    const rarest = [...new Set(words)].sort((a, b) => counts.get(a) - counts.get(b)).slice(0, WORDS);
    const chosen = words.filter((word, at) => rarest.includes(word) && words.indexOf(word) === at);
    const question = chosen.map((word, at) => word + OTHERS[(i + at) % OTHERS.length]).join(" ");
    return [{ kind: "words", text: question, grades: new Map([[id, 1]]) }];
  });
}

/** Hangul words that have a particle, without it, of two syllables or more. */
function stems(text) {
  const words = text.match(/\p{Script=Hangul}+/gu) ?? [];
  return words
    .filter((word) => PARTICLES.test(word))
    .map((word) => word.replace(PARTICLES, ""))
    .filter((word) => word.length > 1);
}

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
