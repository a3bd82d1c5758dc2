import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  InvalidLengthError,
  InvalidOptionError,
  SentenceTransformersTokenTextSplitter,
  type TokenCounter,
  TokenTextSplitter,
} from "../src/index.js";
import { largestWhere } from "../src/tokens/largest-where.js";

/** A word has a token for every three letters; each text has two more, special tokens. */
const tokensOf = (text: string) =>
  text.split(/\s+/).reduce((sum, word) => sum + Math.ceil([...word].length / 3), 0);
const withSpecial = { countTokens: async (text: string) => tokensOf(text) + 2, maxLength: 12 };

const TEXT =
  "Retrieve broadly, then rerank.\nA cross-encoder reads the candidate together with the question, word by word.";

describe("TokenTextSplitter over a counter", () => {
  it.each<[string, TokenCounter]>([
    ["a function", tokensOf],
    ["an asynchronous function", async (text) => tokensOf(text)],
    ["an object", { countTokens: tokensOf }],
  ])("accepts %s and cuts between words", async (_, tokenizer) => {
    const splitter = new TokenTextSplitter({
      chunkSize: 10,
      chunkOverlap: 3,
      tokenizer,
      addStartIndex: true,
    });
    const documents = await splitter.createDocuments([TEXT]);
    expect(documents.map((document) => document.pageContent)).toEqual([
      "Retrieve broadly, then",
      "then rerank.\nA",
      "A cross-encoder reads the",
      "reads the candidate together",
      "together with the question,",
      "question, word by word.",
    ]);
  });

  it("counts by the length function if no tokenizer is given", async () => {
    const given = new TokenTextSplitter({ chunkSize: 10, chunkOverlap: 3, tokenizer: tokensOf });
    const measured = new TokenTextSplitter({ chunkSize: 10, chunkOverlap: 3, lengthFunction: tokensOf });
    expect(await measured.splitText(TEXT)).toEqual(await given.splitText(TEXT));
  });

  it("fits every chunk into the limit, keeps every word, and repeats no more than the overlap", async () => {
    const texts = fc
      .array(fc.constantFrom("a", "word", "longer-word", " ", "\n", "👍", "x".repeat(40)))
      .map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.integer({ min: 1, max: 12 }),
        fc.nat(11),
        async (text, chunkSize, overlap) => {
          const chunkOverlap = Math.min(overlap, chunkSize - 1);
          const splitter = new TokenTextSplitter({
            chunkSize,
            chunkOverlap,
            tokenizer: tokensOf,
            addStartIndex: true,
          });
          let covered = 0;
          for (const { pageContent, metadata } of await splitter.createDocuments([text])) {
            const start = metadata.startIndex as number;
            expect(text.startsWith(pageContent, start)).toBe(true);
            expect(tokensOf(pageContent)).toBeLessThanOrEqual(chunkSize);
            expect(text.slice(covered, start).trim()).toBe("");
            const repeated = text.slice(start, covered).trim();
            if (repeated !== "") expect(tokensOf(repeated)).toBeLessThanOrEqual(chunkOverlap);
            expect(start + pageContent.length).toBeGreaterThan(covered);
            covered = start + pageContent.length;
          }
          expect(text.slice(covered).trim()).toBe("");
        },
      ),
      { numRuns: 200 },
    );
  });

  it("calls the counter a number of times that grows in proportion to the text", async () => {
    const questions = async (words: number) => {
      let counted = 0;
      const tokenizer = (text: string) => {
        counted += text.length;
        return tokensOf(text);
      };
      const splitter = new TokenTextSplitter({ chunkSize: 100, chunkOverlap: 20, tokenizer });
      await splitter.splitText("word ".repeat(words));
      return counted;
    };
    expect((await questions(20_000)) / (await questions(2_000))).toBeLessThan(12);
  });

  it("throws for a tokenizer without methods, and for an invalid count", async () => {
    expect(() => new TokenTextSplitter({ tokenizer: {} as TokenCounter })).toThrow(InvalidOptionError);
    expect(() => new TokenTextSplitter({})).toThrow(InvalidOptionError);
    const splitter = new TokenTextSplitter({ tokenizer: () => Number.NaN });
    await expect(splitter.splitText("text that is rather long".repeat(99))).rejects.toBeInstanceOf(
      InvalidLengthError,
    );
  });
});

describe("SentenceTransformersTokenTextSplitter over a counter", () => {
  it("uses the model's limit and counts special tokens", async () => {
    const splitter = new SentenceTransformersTokenTextSplitter({ tokenizer: withSpecial, chunkOverlap: 4 });
    expect(splitter.tokensPerChunk).toBe(12);
    const chunks = await splitter.splitText(TEXT);
    for (const chunk of chunks) expect(await splitter.countTokens(chunk)).toBeLessThanOrEqual(12);
    expect(chunks[0]).toBe("Retrieve broadly, then");
    expect(chunks.length).toBeGreaterThan(2);
  });

  it.each([
    ["no limit at all", { tokenizer: tokensOf }, "tokensPerChunk"],
    [
      "more than the model's limit",
      { tokenizer: withSpecial, tokensPerChunk: 13, chunkOverlap: 1 },
      "tokensPerChunk",
    ],
    ["an overlap as large as the chunk", { tokenizer: withSpecial, chunkOverlap: 12 }, "chunkOverlap"],
    ["a default overlap that is too large", { tokenizer: withSpecial }, "chunkOverlap"],
  ])("throws for %s", (_, options, option) => {
    expect(() => new SentenceTransformersTokenTextSplitter(options)).toThrow(InvalidOptionError);
    expect(() => new SentenceTransformersTokenTextSplitter(options)).toThrow(`\`${option}\``);
  });
});

describe("largestWhere", () => {
  it("finds the border from any guess, with few calls", async () => {
    const numbers = fc.record({
      high: fc.integer({ min: 1, max: 5000 }),
      border: fc.nat(5000),
      guess: fc.nat(6000),
    });
    await fc.assert(
      fc.asyncProperty(numbers, async ({ high, border, guess }) => {
        let counted = 0;
        const found = await largestWhere(0, high, guess, async (candidate) => {
          counted++;
          expect(candidate).toBeGreaterThan(0);
          expect(candidate).toBeLessThanOrEqual(high);
          return candidate <= border;
        });
        expect(found).toBe(Math.min(border, high));
        expect(counted).toBeLessThan(30);
      }),
    );
  });
});
