import { describe, expect, it } from "@jest/globals";
import golden from "../goldens/tokenize/ids.json";
import { type Changes, changed, hashIds, readFixture, vocabularyOf } from "./read-fixture.js";

describe("token ids equal those of Python's tokenizers", () => {
  it.each(golden.cases.map((kind) => [kind.name, kind] as const))("%s", async (_name, kind) => {
    const vocabulary = await vocabularyOf(
      changed(readFixture(kind.fixture), kind.changes as unknown as Changes),
    );
    const different = golden.texts.filter((text, index) => hashIds(vocabulary.ids(text)) !== kind.ids[index]);
    expect(different).toEqual([]);
  });
});
