import { describe, expect, it } from "@jest/globals";
import { AddedTokenSplitter } from "../../../src/tokenizer/added-vocabulary/added-token-splitter.js";

const ID = 7;
const splitter = new AddedTokenSplitter([{ content: "ab", id: ID, special: false, single_word: true }]);
const sections = (text: string) => [...splitter.split(text)];

describe("An added token with single_word", () => {
  it.each([
    ["ab", [ID]],
    ["ab, ab", [ID, ", ", ID]],
    ["xab", ["xab"]],
    ["ab_", ["ab_"]],
    ["éab", ["éab"]],
    ["abé", ["abé"]],
    // Letters beyond U+FFFF, and a picture, which is not a letter.
    ["𝒳ab", ["𝒳ab"]],
    ["ab𝒳", ["ab𝒳"]],
    ["🙂ab🙂", ["🙂", ID, "🙂"]],
    ["xab ab", ["xab ", ID]],
  ])("is found in %j only where no word character is next to it", (text, expected) => {
    expect(sections(text)).toEqual(expected);
    expect([...splitter.splitInSteps(text)].filter((section) => section !== undefined)).toEqual(expected);
  });

  it("pauses while it skips many matches in a long run", () => {
    const run = "ab".repeat(50_000);
    const found = [...splitter.splitInSteps(`${run} ab`)];
    expect(found.filter((section) => section !== undefined)).toEqual([`${run} `, ID]);
    expect(found.filter((section) => section === undefined).length).toBeGreaterThan(10);
  });
});
