import { expect, it } from "@jest/globals";
import { checkEmbeddings } from "../../src/options/check-embeddings.js";

const embedQuery = async () => [1];
const embedDocuments = async () => [[1]];

it("returns a value with both methods", () => {
  const embeddings = { embedQuery, embedDocuments };
  expect(checkEmbeddings(embeddings)).toBe(embeddings);
});

it.each([
  [undefined, /`embeddings` .* got undefined/],
  [{ embedQuery }, /embedQuery and embedDocuments, got an object/],
  [{ embedDocuments }, /embedQuery and embedDocuments, got an object/],
  [Promise.resolve({ embedQuery, embedDocuments }), /Await the Promise first/],
])("throws for %p", (value, message) => {
  expect(() => checkEmbeddings<unknown>(value)).toThrow(message);
});
