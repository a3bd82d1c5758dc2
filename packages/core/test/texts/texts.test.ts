import { expect, it } from "@jest/globals";
import { checkDocuments } from "../../src/texts/check-documents.js";
import { checkPairs } from "../../src/texts/check-pairs.js";
import { checkText } from "../../src/texts/check-text.js";
import { checkTexts } from "../../src/texts/check-texts.js";

it("accepts lists of texts and pairs, also empty ones", () => {
  checkTexts([]);
  checkTexts(["", "a"]);
  checkPairs([]);
  checkPairs([["", "a"]]);
  checkDocuments([]);
  checkDocuments([{ pageContent: "" }]);
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
  [() => checkDocuments("text"), 'Expected `documents` to be an array of Documents, got "text".'],
  [
    () => checkDocuments(Promise.resolve([])),
    "Expected `documents` to be an array of Documents, got a Promise. Await the Promise first.",
  ],
  [
    () => checkDocuments([{ pageContent: "a" }, "b"]),
    'Expected `documents[1]` to be a Document, with a string as its pageContent, got "b". Make one of it: new Document({ pageContent: text }).',
  ],
  [
    () => checkDocuments([{ text: "a" }]),
    "Expected `documents[0]` to be a Document, with a string as its pageContent, got an object.",
  ],
  [() => checkDocuments([null]), /documents\[0\].* got null/],
])("names the first item that is invalid: %#", (check, message) => {
  expect(check).toThrow(message);
});
