import { beforeAll, describe, expect, it } from "@jest/globals";
import { workSlices } from "@secondpass/core";
import fc from "fast-check";
import type { Found } from "../../src/lexical/best-documents.js";
import { LexicalIndex } from "../../src/lexical/lexical-index.js";

const PARAMETERS = { k1: 1.2, b: 0.75 };
const WORDS = 60;
const DOCUMENTS = 6000;
const bySpaces = (text: string) => text.split(" ").filter((word) => word !== "");

/** Texts in which some words are frequent and most are rare; "w0" is in nearly all, and each text occurs twice. */
const texts = makeTexts();
const documents = texts.map((text, slot) => ({ slot, counts: countsOf(bySpaces(text)) }));
const removed = new Set(Array.from({ length: 300 }, (_, i) => i * 17));

describe("LexicalIndex against BM25 by its formula, in float64", () => {
  let index: LexicalIndex;

  beforeAll(async () => {
    index = new LexicalIndex(bySpaces, PARAMETERS);
    const slices = workSlices();
    // Three segments: two large, one small.
    for (const [from, to] of [
      [0, 3500],
      [3500, 5900],
      [5900, DOCUMENTS],
    ]) {
      index.add(await index.prepare(texts.slice(from, to), slices));
    }
    index.remove(removed);
  });

  const word = fc.nat({ max: WORDS + 2 }).map((i) => `w${i}`);
  const frequent = fc.nat({ max: 4 }).map((i) => `w${i}`);
  const question = fc
    .oneof(
      fc.array(word, { minLength: 1, maxLength: 6 }),
      fc.array(frequent, { minLength: 1, maxLength: 8 }),
      fc.array(word, { minLength: 20, maxLength: 40 }),
    )
    .map((words) => words.join(" "));
  const count = fc.constantFrom(1, 2, 10, 100, 3000, DOCUMENTS, Infinity);
  const filter = fc.constantFrom(
    undefined,
    (slot: number) => slot % 2 === 0,
    (slot: number) => slot > 5950,
    (slot: number) => slot % 500 === 3,
  );

  it("finds the best k documents that pass a filter, with their scores, and the first of equal ones", async () => {
    await fc.assert(
      fc.asyncProperty(question, count, filter, async (query, k, accepts = () => true) => {
        const expected = bestByFormula(query, (slot) => !removed.has(slot) && accepts(slot));
        const all = await index.search(query, Infinity, accepts);
        const scores = new Map(expected);
        expect(all).toHaveLength(scores.size);
        // Float32 sums of up to 40 terms.
        const isScore = ([slot, score]: Found) => Math.abs(score - scores.get(slot)!) <= 1e-5 * score;
        const isInOrder = ([slot, score]: Found, i: number) => {
          const [before, scoreBefore] = all[i - 1] ?? [-1, Infinity];
          return scoreBefore > score || (scoreBefore === score && before < slot);
        };
        expect(all.filter((found) => !isScore(found))).toEqual([]);
        expect(all.filter((found, i) => !isInOrder(found, i))).toEqual([]);
        const best = await index.search(query, k, accepts);
        expect(String(best)).toBe(String(all.slice(0, k)));
      }),
      { numRuns: 60 },
    );
  });

  it("finds nothing for words that no document has", async () => {
    expect(await index.search("nobody knows these", 10)).toEqual([]);
    expect(await index.search("", 10)).toEqual([]);
  });
});

function makeTexts(): string[] {
  const random = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), {
    numRuns: DOCUMENTS * 6,
    seed: 31,
  });
  const words = random.map((part) => `w${Math.floor(WORDS * part ** 4)}`);
  return Array.from({ length: DOCUMENTS }, (_, i) => {
    const twin = i >> 1;
    return words.slice(twin * 12, twin * 12 + (twin % 13)).join(" ");
  });
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function lengthOf(slot: number): number {
  return bySpaces(texts[slot]!).length;
}

/** Slots of the documents with a term of a question, and their scores. */
function bestByFormula(question: string, isMatch: (slot: number) => boolean): [number, number][] {
  const present = documents.filter(({ slot }) => !removed.has(slot));
  const average = present.reduce((sum, { slot }) => sum + lengthOf(slot), 0) / present.length;
  const terms = bySpaces(question).map((term) => {
    const having = present.filter(({ counts }) => counts.has(term)).length;
    return { term, idf: Math.log(1 + (present.length - having + 0.5) / (having + 0.5)) };
  });
  const { k1, b } = PARAMETERS;
  return present.flatMap(({ slot, counts }) => {
    const norm = k1 * (1 - b + (b * lengthOf(slot)) / average);
    let score = 0;
    for (const { term, idf } of terms) {
      const tf = counts.get(term) ?? 0;
      score += (idf * tf) / (tf + norm);
    }
    return score > 0 && isMatch(slot) ? [[slot, score] as [number, number]] : [];
  });
}
