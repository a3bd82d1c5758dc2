import { describe, expect, it } from "@jest/globals";
import { IndexFileError } from "../../src/index.js";
import { TextBlock } from "../../src/persistence/text-block.js";

const blockOf = (...texts: readonly string[]) => {
  const pieces = texts.map((text) => new TextEncoder().encode(text));
  let end = 0;
  const ends = Uint32Array.from(pieces, ({ length }) => (end += length));
  return new TextBlock(Buffer.concat(pieces), ends, (reason) => new IndexFileError("bm25.index", reason));
};

describe("TextBlock", () => {
  it("decodes each of its texts, also lone surrogates", () => {
    const texts = ["", 'a "word"\n', "é 🍐", "\udc00x"];
    const block = blockOf(...texts.map((text) => JSON.stringify(text)));
    expect(texts.map((_, i) => block.at(i))).toEqual(texts);
  });

  it("throws for bytes that are not a text", () => {
    const block = blockOf('"fine"', "[1]", "", '"cut');
    expect(block.at(0)).toBe("fine");
    for (const place of [1, 2, 3]) expect(() => block.at(place)).toThrow(IndexFileError);
  });
});
