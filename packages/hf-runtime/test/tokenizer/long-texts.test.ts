import { describe, expect, it } from "@jest/globals";
import { runSteps } from "../../src/tokenizer/steps/run-steps.js";
import golden from "../goldens/tokenize/long_texts.json";
import { type Changes, changed, hashIds, readFixture, vocabularyOf } from "./read-fixture.js";

const texts = (golden.texts as [string, number][][]).map((stretches) =>
  stretches.map(([stretch, times]) => stretch.repeat(times)).join(""),
);

describe("ids of long texts, which are encoded in parts", () => {
  it.each(golden.cases.map((kind) => [kind.name, kind] as const))("%s", async (_name, kind) => {
    const vocabulary = await vocabularyOf(
      changed(readFixture(kind.fixture), kind.changes as unknown as Changes),
    );
    for (const [index, text] of texts.entries()) {
      const shown = text.slice(0, 20);
      const ids = vocabulary.ids(text);
      // The ids of Python's tokenizers.
      expect([shown, hashIds(ids)]).toEqual([shown, kind.ids[index]]);
      for (const enough of [510]) {
        const expected = Math.min(enough, ids.length);
        const first = runSteps(vocabulary.idsInSteps(text, { enough }));
        expect([shown, enough, first.slice(0, expected)]).toEqual([shown, enough, ids.slice(0, expected)]);
        const last = runSteps(vocabulary.idsInSteps(text, { enough, from: "end" }));
        expect([shown, enough, last.slice(last.length - expected)]).toEqual([
          shown,
          enough,
          ids.slice(ids.length - expected),
        ]);
      }
    }
  });
});
