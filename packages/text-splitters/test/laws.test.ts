import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  CharacterTextSplitter,
  codePointLength,
  RecursiveCharacterTextSplitter,
  type TextSplitter,
  TokenTextSplitter,
} from "../src/index.js";

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Texts with many separators, and many characters that must not be cut. */
const texts = fc
  .array(
    fc.constantFrom(
      "a",
      "bc",
      " ",
      "\n",
      "\n\n",
      "\t",
      "\r\n",
      "👍",
      "👩‍💻",
      "e\u0301",
      "한글",
      "。",
      "x".repeat(9),
      "\u3000",
    ),
  )
  .map((parts) => parts.join(""));

const splitters: fc.Arbitrary<TextSplitter> = fc
  .record({
    chunkSize: fc.integer({ min: 1, max: 30 }),
    overlapShare: fc.double({ min: 0, max: 0.99, noNaN: true }),
    keepSeparator: fc.constantFrom(false, true, "start", "end") as fc.Arbitrary<boolean | "start" | "end">,
    stripWhitespace: fc.boolean(),
    kind: fc.constantFrom("recursive", "words", "pattern", "markdown", "counter"),
  })
  .map(({ overlapShare, kind, ...sizes }) => {
    const options = {
      ...sizes,
      chunkOverlap: Math.floor(sizes.chunkSize * overlapShare),
      addStartIndex: true,
    };
    if (kind === "recursive") return new RecursiveCharacterTextSplitter(options);
    if (kind === "words") return new CharacterTextSplitter({ ...options, separator: " " });
    if (kind === "pattern")
      return new CharacterTextSplitter({ ...options, separator: "\\W+", isSeparatorRegex: true });
    if (kind === "markdown") return RecursiveCharacterTextSplitter.fromLanguage("markdown", options);
    return new TokenTextSplitter({ ...options, tokenizer: codePointLength });
  });

const lineOf = (source: string, position: number) => source.slice(0, position).split("\n").length;

describe("every splitter", () => {
  it("makes every chunk equal source.slice(startIndex, …), unless it had to rejoin pieces", async () => {
    await fc.assert(
      fc.asyncProperty(texts, splitters, async (source, splitter) => {
        for (const { pageContent, metadata } of await splitter.createDocuments([source])) {
          const start = metadata.startIndex as number;
          if (start === -1) {
            expect(splitter.keepSeparator).toBe(false);
            continue;
          }
          const end = start + pageContent.length;
          expect(source.slice(start, end)).toBe(pageContent);
          expect(metadata.loc).toEqual({ lines: { from: lineOf(source, start), to: lineOf(source, end) } });
        }
      }),
      { numRuns: 300 },
    );
  });

  it("never cuts a surrogate pair and never makes an empty chunk", async () => {
    await fc.assert(
      fc.asyncProperty(texts, splitters, async (source, splitter) => {
        for (const chunk of await splitter.splitText(source)) {
          expect(chunk).not.toBe("");
          expect(chunk).not.toMatch(LONE_SURROGATE);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("splits a text the same alone and among others", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { maxLength: 4 }), splitters, async (sources, splitter) => {
        const together = await splitter.createDocuments(sources);
        const alone = await Promise.all(sources.map((source) => splitter.createDocuments([source])));
        expect(together).toEqual(alone.flat());
      }),
      { numRuns: 60 },
    );
  });
});

describe("RecursiveCharacterTextSplitter", () => {
  it("keeps every visible character, in order, in chunks of at most the given size", async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 2, max: 30 }), async (source, chunkSize) => {
        const splitter = new RecursiveCharacterTextSplitter({ chunkSize, chunkOverlap: 0 });
        const chunks = await splitter.splitText(source);
        expect(chunks.join("").replace(/\s/g, "")).toBe(source.replace(/\s/g, ""));
        expect(Math.max(0, ...chunks.map(codePointLength))).toBeLessThanOrEqual(chunkSize);
      }),
      { numRuns: 200 },
    );
  });
});
