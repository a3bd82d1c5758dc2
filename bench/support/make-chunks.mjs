import { randomNumbers } from "./random-numbers.mjs";

export const WORDS = (
  "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her " +
  "she there would their we him been has when who will no more if out so said what up its about into than them can only other time new some " +
  "could these two may first then do any like my now over such our man me even most made after also did many off before must well back through " +
  "years much where your way down should because long each just state those people too mister how little good world make very year still see " +
  "own work men day get here old between both life being under three never know same last another while us might great go come since against " +
  "right came take used himself few house use place during high without again home around small however found part general school left number " +
  "course war until always away something fact water public put think almost hand enough far took head yet government system better set told " +
  "nothing night end why called eyes find going look asked later point knew next city president economy congress nation security health energy " +
  "retrieval reranking candidate passage question embedding threshold understanding infrastructure international responsibility"
).split(" ");

export const QUERY = "What did the president say about the economy and the health of the nation?";

/** Texts that have at least so many tokens, of which models read the first. */
export function longTexts(count, tokens) {
  // A token of these words has some 5 characters, a chunk at least 100.
  const chunks = Math.ceil((8 * tokens) / 100);
  return Array.from({ length: count }, (_, i) => makeChunks(chunks, i + 1).join(" "));
}

/** Chunks of 100 to 500 characters in sentences, the same on every machine. */
export function makeChunks(count, seed = 3) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const length = 100 + Math.floor(random() * 400);
    let text = "";
    while (text.length < length) {
      const sentence = Array.from(
        { length: 6 + Math.floor(random() * 12) },
        () => WORDS[Math.floor(random() * WORDS.length)],
      );
      sentence[0] = sentence[0][0].toUpperCase() + sentence[0].slice(1);
      text += `${text ? " " : ""}${sentence.join(" ")}.`;
    }
    return text.slice(0, length);
  });
}
