import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { randomNumbers } from "../support/random-numbers.mjs";

const VOCABULARY = 200_000;
const ZIPF = 1.05;
const SYLLABLES = [
  "ba",
  "de",
  "fi",
  "go",
  "lu",
  "ma",
  "ne",
  "pi",
  "ro",
  "su",
  "ta",
  "ve",
  "wi",
  "zo",
  "cra",
  "ste",
];

/**
 * Writes texts, a line each: the same ones each time.
 * @returns questions, of words of a text each
 */
export async function makeCorpus(path, count, questionCount) {
  const random = randomNumbers(7);
  const words = Array.from({ length: VOCABULARY }, (_, i) => wordOf(i));
  const sums = new Float64Array(VOCABULARY);
  let sum = 0;
  for (let i = 0; i < VOCABULARY; i++) sums[i] = sum += 1 / (i + 2.7) ** ZIPF;
  const draw = () => words[placeOf(sums, random() * sum)];
  const questions = [];
  const out = createWriteStream(path);
  for (let i = 0; i < count; i++) {
    const text = Array.from({ length: 40 + Math.floor(random() * 81) }, draw);
    if (!out.write(`${text.join(" ")}\n`)) await once(out, "drain");
    if (i % Math.ceil(count / questionCount) === 0) {
      const length = 2 + Math.floor(random() * 5);
      questions.push(Array.from({ length }, () => text[Math.floor(random() * text.length)]).join(" "));
    }
  }
  out.end();
  await finished(out);
  return questions;
}

/** A word that no other number has. */
function wordOf(number) {
  let word = "";
  for (let left = number; left > 0 || word === ""; left = Math.floor(left / SYLLABLES.length)) {
    word += SYLLABLES[left % SYLLABLES.length];
  }
  return `${word}x`;
}

function placeOf(sums, value) {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
