import { fuzz } from "@secondpass/test-kit";
import fc from "fast-check";
import { runInSlices } from "../../src/tokenizer/steps/run-in-slices.js";
import { readFixture, vocabularyOf } from "./read-fixture.js";

const vocabularies = Promise.all(["wordpiece", "unigram", "roberta"].map(readFixture).map(vocabularyOf));

/** Runs of texts that are hard for tokenizers, and any other text. */
const stretch = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      ..." |\n|a|é|e\u0301|word |<mask>|[SEP]|\u0301\u0316|\u1100\u1161|世。|👨‍👩‍👧|\ud800|\u200b|▁|ﾊﾟ|ﬁ|1!".split(
        "|",
      ),
    ),
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.string({ unit: "binary", maxLength: 8 }),
  ),
  fc.oneof({ weight: 6, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(3000) }),
);

fuzz({
  name: "hf-runtime: places of tokens",
  arbitrary: fc.array(stretch, { maxLength: 8 }),
  shortRuns: 8,
  sizeOf: (stretches) => stretches.reduce((sum, [text, times]) => sum + 2 * text.length * times, 0),
  run: async (stretches) => {
    const text = stretches.map(([one, times]) => one.repeat(times)).join("");
    for (const vocabulary of await vocabularies) {
      const ids = await runInSlices(vocabulary.idsInSteps(text));
      const located = await runInSlices(vocabulary.locateInSteps(text, Number.POSITIVE_INFINITY));
      if (located.ids.join() !== ids.join()) throw new Error("different ids");
      for (const [i, start] of located.starts.entries()) {
        const end = located.ends[i]!;
        if (!(start >= 0 && start <= end && end <= text.length))
          throw new Error(`outside the text: ${start} to ${end}`);
        if (start < (located.starts[i - 1] ?? 0)) throw new Error("a token starts before the previous one");
      }
    }
  },
});
