import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { InvalidOptionError, type TokenEncoder, TokenTextSplitter } from "../../src/index.js";

const utf8 = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const decodeUtf8 = (ids: readonly number[]) => decoder.decode(Uint8Array.from(ids));

/** Half a surrogate pair is U+FFFD to UTF-8. */
const toText: TokenEncoder = { encode: (text) => [...utf8.encode(text)], decode: decodeUtf8 };
const toBytes: TokenEncoder = { encode: toText.encode, decode: (ids) => Uint8Array.from(ids) };
/** Half a surrogate pair is three bytes, none of which is UTF-8 alone. */
const threeBytes: TokenEncoder = {
  encode: (text) =>
    [...text].flatMap((one) => (/[\ud800-\udfff]/u.test(one) ? [0xed, 0xa0, 0x80] : [...utf8.encode(one)])),
  decode: decodeUtf8,
};

async function split(tokenizer: TokenEncoder, text: string, chunkSize: number, chunkOverlap = 0) {
  const splitter = new TokenTextSplitter({ tokenizer, chunkSize, chunkOverlap, addStartIndex: true });
  const documents = await splitter.createDocuments([text]);
  return documents.map(({ pageContent, metadata }) => ({
    chunk: pageContent,
    start: metadata.startIndex as number,
  }));
}

const parts = fc.constantFrom("a", "word ", "\n", "é", "한", "👍", "\ufeff", "\ud83d", "\udc4d", "\ufffd");
const texts = fc.array(parts, { maxLength: 40 }).map((some) => some.join(""));

describe("chunks of a byte-level tokenizer", () => {
  it.each([
    ["text", toText],
    ["bytes", toBytes],
  ])("together are the text, at the right positions: decoded to %s", async (_, tokenizer) => {
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 3, max: 40 }), async (text, chunkSize) => {
        const chunks = await split(tokenizer, text, chunkSize);
        if (!chunks.some(({ chunk }) => chunk.includes("\ufffd"))) {
          expect(chunks.map(({ chunk }) => chunk).join("")).toBe(text);
        }
        for (const { chunk, start } of chunks) {
          if (start !== -1) expect(text.slice(start, start + chunk.length)).toBe(chunk);
          else expect(chunk).toContain("\ufffd");
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(["\ufeffHello world", "one\ufefftwo\ufeffthree", "\ufeff\ufeff"])(
    "keep U+FEFF: %j",
    async (text) => {
      for (const chunkSize of [3, 6, 64]) {
        const chunks = await split(toBytes, text, chunkSize);
        expect(chunks.map(({ chunk }) => chunk).join("")).toBe(text);
        for (const { chunk, start } of chunks) expect(text.startsWith(chunk, start)).toBe(true);
      }
    },
  );

  it.each([
    ["one U+FFFD", toText],
    ["three U+FFFD", threeBytes],
  ])("keep their positions after half a surrogate pair that is decoded to %s", async (_, tokenizer) => {
    const words = Array.from({ length: 60 }, (_, i) => `word${i}`);
    for (const halves of ["a\ud83db", "\ud83d", "\udc4d\udc4d", "👍\ud83d"]) {
      for (const place of [0, 5, 30, 60]) {
        const text = [...words.slice(0, place), halves, ...words.slice(place)].join(" ");
        for (const { chunk, start } of await split(tokenizer, text, 20, 4)) {
          if (chunk.includes("\ufffd")) expect(start).toBe(-1);
          else
            expect({ chunk, found: text.slice(start, start + chunk.length) }).toEqual({
              chunk,
              found: chunk,
            });
        }
      }
    }
  });
});

describe("chunks after a character that was cut", () => {
  it.each([
    ["\udc4d\ud83daéé\udc4d\udc4d\ud83da", 4],
    ["word \ud83d\ufffd\ufffd\ufffdéword ", 3],
    ["한\udc4dword 👍👍\ud83dword ", 12],
    ["word \ud83d👍👍\ud83dword ", 10],
    ["한\ufeffword 한\udc4d한\ufffdaa", 12],
  ])(
    "are found even if it looks like U+FFFD in the text, or like the next characters: %j",
    async (text, chunkSize) => {
      for (const tokenizer of [toText, toBytes]) {
        for (const { chunk, start } of await split(tokenizer, text, chunkSize)) {
          if (start === -1) expect(chunk).toContain("\ufffd");
          else expect(text.slice(start, start + chunk.length)).toBe(chunk);
        }
      }
    },
  );
});

describe("chunks of a tokenizer that works word by word", () => {
  /** Lower-cases words, and joins words over "_ ", so that a word may have other tokens alone. */
  const vocabulary: string[] = [];
  const encode = (text: string) =>
    text
      .toLowerCase()
      .replaceAll("_ ", "_")
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => {
        if (!vocabulary.includes(word)) vocabulary.push(word);
        return vocabulary.indexOf(word);
      });
  const tokenizer: TokenEncoder = { encode, decode: (ids) => ids.map((id) => vocabulary[id]).join(" ") };

  it("keep their positions after words that have other tokens alone", async () => {
    const numbered = Array.from({ length: 40 }, (_, i) => `w${i}`).join(" ");
    const text = `${"One two three. ".repeat(20)}odd_ pair_ here ${numbered}`;
    const chunks = await split(tokenizer, text, 4);
    const behind = chunks.filter(({ chunk }) => /^w\d/.test(chunk));
    expect(behind.length).toBeGreaterThan(8);
    for (const { chunk, start } of behind) expect(text.slice(start, start + chunk.length)).toBe(chunk);
  });

  it("have estimated positions if no word has the same tokens alone", async () => {
    let call = 0;
    const forgetful = { encode: (text: string) => encode(`${call++} ${text}`), decode: tokenizer.decode };
    const chunks = await split(forgetful, "Some Words ".repeat(200), 50);
    expect(chunks).toHaveLength(9);
    for (const { start } of chunks) expect(start).toBe(-1);
  });
});

describe("an invalid tokenizer", () => {
  it.each<[string, unknown]>([
    ["encodes to nothing", { encode: () => undefined, decode: () => "" }],
    ["encodes to a number", { encode: () => 3, decode: () => "" }],
    ["decodes to nothing", { encode: () => [1], decode: () => undefined }],
  ])("is an InvalidOptionError: %s", async (_, tokenizer) => {
    await expect(split(tokenizer as TokenEncoder, "text", 3)).rejects.toThrow(InvalidOptionError);
  });
});
