import { describe, expect, it } from "@jest/globals";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { Runnable } from "@langchain/core/runnables";
import fc from "fast-check";

/** The part of a splitter that the suite uses; LangChain's `TextSplitter` and other transformers of Documents into chunks fit. */
export interface TextSplitterUnderTest extends Runnable<DocumentInterface[], DocumentInterface[]> {
  splitText(text: string): Promise<readonly (string | DocumentInterface)[]>;
  splitDocuments(documents: readonly DocumentInterface[]): Promise<DocumentInterface[]>;
  transformDocuments(documents: DocumentInterface[]): Promise<DocumentInterface[]>;
}

export interface TextSplitterSuiteOptions {
  /** Called for each test. Make the splitter with `addStartIndex: true` and chunks of at most 40 characters. */
  readonly create: () => TextSplitterUnderTest;
  /**
   * Whether a chunk may have text that the source does not have: another separator, or decoded tokens. Its
   * `startIndex` is then -1. @default false
   */
  readonly mayRewrite?: boolean;
  /** Parts that the texts are made of. @default words, spaces, line ends, Markdown, characters of several units */
  readonly parts?: readonly string[];
  /** Number of arbitrary texts to try for each law. @default 60 */
  readonly fuzzRuns?: number;
}

const PARTS = [
  "word",
  "a",
  " ",
  "  ",
  "\n",
  "\n\n",
  "\t",
  "\r\n",
  ". ",
  "# Heading\n",
  "\n```\n",
  "👍",
  "👩‍💻",
  "e\u0301",
  "한글",
  "。",
  "x".repeat(50),
  "\u3000",
];

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Tests the laws of all splitters. Call it inside a `describe`. */
export function textSplitterSuite({
  create,
  mayRewrite = false,
  parts = PARTS,
  fuzzRuns = 60,
}: TextSplitterSuiteOptions): void {
  const anyText = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((list) => list.join(""));
  const chunksOf = (source: string) => create().splitDocuments([new Document({ pageContent: source })]);
  const forAnyText = (law: (source: string) => Promise<void>) =>
    fc.assert(fc.asyncProperty(anyText, law), { numRuns: fuzzRuns, seed: 1 });
  const startOf = ({ metadata }: DocumentInterface) => metadata.startIndex as number;
  const lineOf = (source: string, position: number) => source.slice(0, position).split("\n").length;

  describe("as a text splitter", () => {
    it("makes every chunk equal source.slice(startIndex, startIndex + chunk.length), on its lines", () =>
      forAnyText(async (source) => {
        for (const chunk of await chunksOf(source)) {
          const start = startOf(chunk);
          if (start === -1) {
            expect(mayRewrite).toBe(true);
            continue;
          }
          const end = start + chunk.pageContent.length;
          expect(source.slice(start, end)).toBe(chunk.pageContent);
          const { lines } = chunk.metadata.loc as { lines: object };
          expect(lines).toEqual({ from: lineOf(source, start), to: lineOf(source, end) });
        }
      }));

    it("returns chunks in the order of the text, none of them empty", () =>
      forAnyText(async (source) => {
        const chunks = await chunksOf(source);
        expect(chunks.map(({ pageContent }) => pageContent)).not.toContain("");
        const located = chunks.filter((chunk) => startOf(chunk) !== -1);
        for (const [index, chunk] of located.slice(1).entries()) {
          const before = located[index] as DocumentInterface;
          expect(startOf(chunk)).toBeGreaterThanOrEqual(startOf(before));
        }
      }));

    it("cuts no character of two UTF-16 units", () =>
      forAnyText(async (source) => {
        for (const { pageContent } of await chunksOf(source)) expect(pageContent).not.toMatch(LONE_SURROGATE);
      }));

    it("returns no chunks for no text", async () => {
      expect(await create().splitText("")).toEqual([]);
      expect(await create().splitDocuments([])).toEqual([]);
      expect(await create().transformDocuments([])).toEqual([]);
      expect(await chunksOf("")).toEqual([]);
    });

    it("returns the same texts as splitText", () =>
      forAnyText(async (source) => {
        const texts = (await create().splitText(source)).map((chunk) =>
          typeof chunk === "string" ? chunk : chunk.pageContent,
        );
        expect((await chunksOf(source)).map(({ pageContent }) => pageContent)).toEqual(texts);
      }));

    it("splits a text alone as among others, and at the same time as others", async () => {
      const sources = fc.array(anyText, { maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(sources, async (texts) => {
          const splitter = create();
          const documents = texts.map((pageContent) => new Document({ pageContent }));
          const together = await splitter.splitDocuments(documents);
          const alone = await Promise.all(documents.map((document) => splitter.splitDocuments([document])));
          expect(together).toEqual(alone.flat());
        }),
        { numRuns: Math.ceil(fuzzRuns / 4), seed: 1 },
      );
    });

    it("gives each chunk its document's id and a copy of its metadata", async () => {
      const metadata = { source: "a.txt", nested: { tags: ["x"] }, loc: { page: 2 } };
      const given = new Document({ pageContent: "One two three. ".repeat(20), metadata, id: "doc-1" });
      const chunks = await create().splitDocuments([given]);
      expect(chunks.length).toBeGreaterThan(0);
      for (const chunk of chunks) {
        expect(chunk.id).toBe("doc-1");
        expect(chunk.metadata).toMatchObject(metadata);
        (chunk.metadata.nested as { tags: string[] }).tags.push("changed");
        (chunk.metadata.loc as Record<string, unknown>).page = "changed";
      }
      expect(given.metadata).toEqual({ source: "a.txt", nested: { tags: ["x"] }, loc: { page: 2 } });
      const tags = chunks.map((chunk) => (chunk.metadata.nested as { tags: string[] }).tags.length);
      expect(new Set(tags)).toEqual(new Set([2]));
    });

    it("never changes the caller's documents", async () => {
      const given = ["One two.\n\nThree four.", ""].map(
        (pageContent) => new Document({ pageContent, metadata: { nested: Object.freeze(["x"]) } }),
      );
      for (const document of given) Object.freeze(Object.freeze(document).metadata);
      const before = given.map((document) => ({ ...document }));
      await create().splitDocuments(Object.freeze(given));
      expect(given.map((document) => ({ ...document }))).toEqual(before);
    });

    it("does the same as a Runnable: alone, in a batch and piped", async () => {
      const documents = ["One two.\n\nThree four.", "# Heading\n\nFive six."].map(
        (pageContent) => new Document({ pageContent }),
      );
      const expected = await create().splitDocuments(documents);
      expect(await create().transformDocuments(documents)).toEqual(expected);
      expect(await create().invoke(documents)).toEqual(expected);
      expect(await create().batch([documents, []])).toEqual([expected, []]);
      expect(
        await create()
          .pipe((chunks: DocumentInterface[]) => chunks.length)
          .invoke(documents),
      ).toBe(expected.length);
    });
  });
}
