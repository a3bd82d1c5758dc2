/** Seeded texts of any length: the same on every machine. */

const WORDS = (
  "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all " +
  "her she there would their we him been has when who will no more if out so said what up its about into than them can only other time " +
  "retrieval reranking candidate passage question embedding threshold understanding"
).split(" ");

const SYLLABLES =
  "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호을를이의에는은";

const CODE_LINES = [
  "function rank(list, limit) {",
  "  const sorted = [...list].sort((a, b) => b.score - a.score);",
  "  if (sorted.length > limit) return sorted.slice(0, limit);",
  "  return sorted;",
  "}",
  "",
  "class Passage {",
  "  constructor(text) {",
  "    this.text = text;",
  "  }",
  "}",
  "",
  "const passages = texts.map((text) => new Passage(text));",
  "for (const passage of rank(passages, 3)) console.log(passage.text);",
];

/** A generator of numbers in [0, 1): mulberry32. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const MAKERS = {
  /** English words in sentences, lines and paragraphs. */
  prose: (random) => {
    const word = () => WORDS[Math.floor(random() * WORDS.length)];
    const sentence = () => `${Array.from({ length: 5 + random() * 20 }, word).join(" ")}.`;
    return `${Array.from({ length: 1 + random() * 9 }, sentence).join(random() < 0.2 ? "\n" : " ")}\n\n`;
  },
  code: (random) => {
    const first = Math.floor(random() * CODE_LINES.length);
    return `${CODE_LINES.slice(first, first + 1 + Math.floor(random() * 6)).join("\n")}\n`;
  },
  /** Korean words, with an emoji here and there. */
  korean: (random) => {
    const syllable = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)];
    const word = () => Array.from({ length: 1 + random() * 5 }, syllable).join("");
    return `${Array.from({ length: 5 + random() * 60 }, word).join(" ")}${random() < 0.1 ? " 👍" : "."}${random() < 0.3 ? "\n\n" : "\n"}`;
  },
  /** Text that can be split only between characters. */
  unbroken: (random) =>
    Array.from({ length: 100 }, () => (random() * 36) | 0)
      .map((n) => n.toString(36))
      .join(""),
};

/**
 * @param {keyof typeof MAKERS} name
 * @param {number} length in UTF-16 units, about
 */
export function makeText(name, length) {
  const random = randomNumbers(1);
  const parts = [];
  for (let made = 0; made < length; made += parts.at(-1).length) parts.push(MAKERS[name](random));
  return parts.join("");
}
