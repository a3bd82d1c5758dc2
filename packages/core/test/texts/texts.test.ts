import { expect, it } from "@jest/globals";
import { checkPairs } from "../../src/texts/check-pairs.js";
import { checkText } from "../../src/texts/check-text.js";
import { checkTexts } from "../../src/texts/check-texts.js";

it("accepts texts and pairs, empty ones and none", () => {
  checkTexts([]);
  checkTexts(["", "a"]);
  checkPairs([]);
  checkPairs([["", "a"]]);
  expect(checkText("", "query")).toBe("");
});

it.each([
  [() => checkTexts("text"), 'Expected `texts` to be an array of strings, got "text".'],
  [() => checkTexts(["a", 1]), "Expected `texts[1]` to be a string, got 1."],
  [() => checkTexts(new Array(1)), "Expected `texts[0]` to be a string, got undefined."],
  [() => checkText(undefined, "query"), "Expected `query` to be a string, got undefined."],
  [() => checkPairs({}), "Expected `pairs` to be an array of two strings, [query, text], got an object."],
  [() => checkPairs([["q", "t"], ["q"]]), 'Expected `pairs[1]` to be two strings, [query, text], got ["q"].'],
  [
    () => checkPairs([["q", "t", "x"]]),
    'Expected `pairs[0]` to be two strings, [query, text], got ["q", "t", "x"].',
  ],
])("names the first item that is invalid: %#", (check, message) => {
  expect(check).toThrow(message);
});
