import { fuzz } from "@secondpass/test-kit";
import fc from "fast-check";
import type { TokenizerJson } from "../../src/tokenizer/json/tokenizer-json.js";
import { runInSlices } from "../../src/tokenizer/steps/run-in-slices.js";
import { readFixture, vocabularyOf } from "./read-fixture.js";

const LLAMA3 =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" +
  "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** A fixture whose pre-tokenizer splits at a pattern. */
function split(pattern: string): TokenizerJson {
  const words = { type: "Split", pattern: { Regex: pattern }, behavior: "Isolated", invert: false };
  return { ...readFixture("roberta"), pre_tokenizer: words };
}
const vocabularies = Promise.all(
  [
    readFixture("wordpiece"),
    readFixture("unigram"),
    readFixture("roberta"),
    split(LLAMA3),
    split("(a+)+$"),
  ].map(vocabularyOf),
);

/** Runs of texts that were slow in the past, and any other text. */
const stretch = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      ..." |\n|a|x|é|word |<mask>|[SEP]|\u0301\u0316|\u0301|\u1100\u1161|世|世。|👨‍👩‍👧|\ud800|\u200b|▁|ﾊﾟ|1|!".split(
        "|",
      ),
    ),
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.string({ unit: "binary", maxLength: 8 }),
  ),
  fc.oneof({ weight: 6, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(3000) }),
);

fuzz({
  name: "hf-runtime: texts to tokenize",
  arbitrary: fc.array(stretch, { maxLength: 12 }),
  shortRuns: 20,
  sizeOf: (stretches) => stretches.reduce((sum, [text, times]) => sum + 2 * text.length * times, 0),
  run: async (stretches) => {
    const text = stretches.map(([one, times]) => one.repeat(times)).join("");
    for (const vocabulary of await vocabularies) {
      const all = await runInSlices(vocabulary.idsInSteps(text));
      const first = await runInSlices(vocabulary.idsInSteps(text, { enough: 100 }));
      const last = await runInSlices(vocabulary.idsInSteps(text, { enough: 100, from: "end" }));
      const needed = Math.min(100, all.length);
      if (first.slice(0, needed).join() !== all.slice(0, needed).join())
        throw new Error("different first ids");
      if (last.slice(last.length - needed).join() !== all.slice(all.length - needed).join()) {
        throw new Error("different last ids");
      }
    }
  },
});
