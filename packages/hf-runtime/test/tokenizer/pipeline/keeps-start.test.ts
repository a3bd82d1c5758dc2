import { describe, expect, it } from "@jest/globals";
import type { ComponentJson } from "../../../src/tokenizer/json/component-json.js";
import { readFixture, vocabularyOf } from "../read-fixture.js";

const TEXTS = ["the city", "\u0001the city", " the city", "\u0301the city", "<s>the"];
const OWN = readFixture("unigram").normalizer as ComponentJson;
const strip = (left: boolean) => ({ type: "Strip", strip_left: left, strip_right: !left });

/** Ids by tokenizers 0.23.3: 70 is "▁the", 2347 is "the". */
const CASES: readonly (readonly [string, ComponentJson, readonly (readonly number[])[]])[] = [
  [
    "a Precompiled normalizer, whose removals do not count",
    OWN,
    [
      [70, 1059, 939],
      [70, 1059, 939],
      [70, 1059, 939],
      [3309, 2347, 1059, 939],
      [0, 2347],
    ],
  ],
  [
    "spaces removed on the left",
    strip(true),
    [
      [70, 1059, 939],
      [6, 3, 2347, 1059, 939],
      [2347, 1059, 939],
      [3309, 2347, 1059, 939],
      [0, 2347],
    ],
  ],
  [
    "spaces removed on the right",
    strip(false),
    [
      [70, 1059, 939],
      [6, 3, 2347, 1059, 939],
      [70, 1059, 939],
      [3309, 2347, 1059, 939],
      [0, 2347],
    ],
  ],
  [
    "accents removed",
    { type: "Sequence", normalizers: [{ type: "StripAccents" }] },
    [
      [70, 1059, 939],
      [6, 3, 2347, 1059, 939],
      [70, 1059, 939],
      [2347, 1059, 939],
      [0, 2347],
    ],
  ],
];

describe("A prefix only at the start of the input", () => {
  it.each(CASES)("gives Python's ids with %s", async (_title, normalizer, expected) => {
    const pre_tokenizer = { type: "Metaspace", replacement: "▁", prepend_scheme: "first", split: true };
    const vocabulary = await vocabularyOf({ ...readFixture("unigram"), normalizer, pre_tokenizer });
    expect(TEXTS.map((text) => vocabulary.ids(text))).toEqual(expected);
  });
});
