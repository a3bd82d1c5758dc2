import { describe, expect, it } from "@jest/globals";
import { BaseDocumentTransformer, Document } from "@langchain/core/documents";
import { RunnableLambda } from "@langchain/core/runnables";
import {
  CharacterTextSplitter,
  InvalidLengthError,
  InvalidOptionError,
  LatexTextSplitter,
  type LocatedChunk,
  MarkdownTextSplitter,
  PythonCodeTextSplitter,
  RecursiveCharacterTextSplitter,
  TextSplitter,
  type TextSplitterOptions,
} from "../src/index.js";

const small = { chunkSize: 10, chunkOverlap: 0 };

describe("TextSplitter", () => {
  it("is a Runnable from Documents to Documents", async () => {
    const splitter = new RecursiveCharacterTextSplitter(small);
    expect(splitter).toBeInstanceOf(BaseDocumentTransformer);
    const documents = [new Document({ pageContent: "one two three four" })];
    const expected = await splitter.splitDocuments(documents);
    expect(await splitter.invoke(documents)).toEqual(expected);
    expect(await splitter.transformDocuments(documents)).toEqual(expected);
    const count = splitter.pipe(RunnableLambda.from((chunks: unknown[]) => chunks.length));
    expect(await count.invoke(documents)).toBe(expected.length);
  });

  it("counts code points and adds the positions of chunks", async () => {
    const splitter = new RecursiveCharacterTextSplitter({
      chunkSize: 5,
      chunkOverlap: 0,
      addStartIndex: true,
    });
    const documents = await splitter.createDocuments(["👍👍👍👍\n\n한글 a"]);
    expect(documents.map(({ pageContent, metadata }) => [pageContent, metadata])).toEqual([
      ["👍👍👍👍", { startIndex: 0, loc: { lines: { from: 1, to: 1 } } }],
      ["한글 a", { startIndex: 10, loc: { lines: { from: 3, to: 3 } } }],
    ]);
  });

  it("gives the true position of a chunk whose text occurs several times", async () => {
    const splitter = new CharacterTextSplitter({
      chunkSize: 3,
      chunkOverlap: 2,
      separator: " ",
      addStartIndex: true,
    });
    const documents = await splitter.createDocuments(["ab ab ab\nab"]);
    expect(documents.map((document) => document.metadata.startIndex as number)).toEqual([0, 3, 6]);
  });

  it("gives -1 and the original lines for a chunk that was joined from pieces", async () => {
    const splitter = new CharacterTextSplitter({ chunkSize: 10, chunkOverlap: 0, addStartIndex: true });
    const [document] = await splitter.createDocuments(["a\n\n\n\nb"]);
    expect(document).toMatchObject({
      pageContent: "a\n\nb",
      metadata: { startIndex: -1, loc: { lines: { from: 1, to: 5 } } },
    });
  });

  it("keeps ids and metadata without sharing or changing them", async () => {
    const metadata = { source: "x", nested: { tags: ["a"] }, loc: { page: 2 } };
    const document = new Document({ pageContent: "one two three four", metadata, id: "doc-1" });
    const before = structuredClone(metadata);
    const [first, second] = await new RecursiveCharacterTextSplitter(small).splitDocuments([document]);
    expect(first).toMatchObject({ id: "doc-1", metadata: { source: "x", nested: { tags: ["a"] } } });
    expect(first?.metadata.loc).toEqual({ page: 2, lines: { from: 1, to: 1 } });
    (first!.metadata.nested as { tags: string[] }).tags.push("changed");
    expect(second?.metadata.nested).toEqual({ tags: ["a"] });
    expect(metadata).toEqual(before);
  });

  it("gives each text its own metadata", async () => {
    const splitter = new RecursiveCharacterTextSplitter(small);
    const documents = await splitter.createDocuments(["a", "b"], [{ n: 1 }, { n: 2 }]);
    expect(documents.map((document) => document.metadata.n as number)).toEqual([1, 2]);
    await expect(splitter.createDocuments(["a", "b"], [{ n: 1 }])).rejects.toBeInstanceOf(InvalidOptionError);
  });

  it("returns nothing for empty input", async () => {
    const splitter = new RecursiveCharacterTextSplitter(small);
    expect(await splitter.splitText("")).toEqual([]);
    expect(await splitter.splitText(" \n\u3000")).toEqual([]);
    expect(await splitter.createDocuments([])).toEqual([]);
    expect(await splitter.splitDocuments([])).toEqual([]);
  });

  it.each<[string, TextSplitterOptions]>([
    ["chunkSize", { chunkSize: 0 }],
    ["chunkSize", { chunkSize: -1 }],
    ["chunkSize", { chunkSize: Number.NaN }],
    ["chunkSize", { chunkSize: 1.5 }],
    ["chunkSize", { chunkSize: "9" as unknown as number }],
    ["chunkOverlap", { chunkOverlap: -1 }],
    ["chunkOverlap", { chunkOverlap: Number.NaN }],
    ["chunkOverlap", { chunkSize: 10, chunkOverlap: 10 }],
    ["chunkOverlap", { chunkSize: 100 }],
    ["keepSeparator", { keepSeparator: "middle" as "start" }],
    ["lengthFunction", { lengthFunction: 3 as unknown as () => number }],
    ["separators", { separators: [1] } as TextSplitterOptions],
  ])("throws for an invalid %s: %j", (option, options) => {
    try {
      new RecursiveCharacterTextSplitter(options);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidOptionError);
      expect(error).toMatchObject({ option });
      return;
    }
    throw new InvalidOptionError(option, "rejected", options);
  });

  it("throws for a separator that is not a string, and for an invalid pattern", () => {
    expect(() => new CharacterTextSplitter({ separator: /x/ as unknown as string })).toThrow(
      InvalidOptionError,
    );
    expect(() => new CharacterTextSplitter({ separator: "(", isSeparatorRegex: true })).toThrow(
      /never closed/,
    );
  });

  it("throws for a language that Python has no separators for", () => {
    expect(() => RecursiveCharacterTextSplitter.fromLanguage("perl" as "php")).toThrow(InvalidOptionError);
  });

  it("accepts an asynchronous length function, and returns the same as with a synchronous one", async () => {
    const text = "One two three. Four five six.\n\nSeven.";
    const count = (one: string) => one.split(" ").length;
    const sync = new RecursiveCharacterTextSplitter({ chunkSize: 4, chunkOverlap: 1, lengthFunction: count });
    const async = new RecursiveCharacterTextSplitter({
      chunkSize: 4,
      chunkOverlap: 1,
      lengthFunction: async (one) => count(one),
    });
    expect(await async.splitText(text)).toEqual(await sync.splitText(text));
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, "3"])("throws for the length %p", async (length) => {
    for (const lengthFunction of [() => length as number, async () => length as number]) {
      const splitter = new RecursiveCharacterTextSplitter({ ...small, lengthFunction });
      await expect(splitter.splitText("text")).rejects.toBeInstanceOf(InvalidLengthError);
    }
  });

  it("lets other work run while it splits a long text", async () => {
    const text = "word ".repeat(400_000);
    let last = performance.now();
    let ticks = 0;
    const timer = setInterval(() => {
      ticks++;
      last = performance.now();
    }, 1);
    const began = last;
    await new RecursiveCharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100 }).createDocuments([text]);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan((performance.now() - began) / 100);
  });

  it("can be extended by a class that locates chunks", async () => {
    class Lines extends TextSplitter {
      override async locateChunks(text: string): Promise<LocatedChunk[]> {
        return [{ text: text.slice(2, 4), start: 2, end: 4, exact: true }];
      }
    }
    const lines = new Lines({ addStartIndex: true });
    expect(await lines.splitText("a\nbcd")).toEqual(["bc"]);
    const [document] = await lines.createDocuments(["a\nbcd"]);
    expect(document?.metadata).toEqual({ startIndex: 2, loc: { lines: { from: 2, to: 2 } } });
  });

  it("has LangChain's class names", () => {
    const kinds = [
      CharacterTextSplitter,
      RecursiveCharacterTextSplitter,
      MarkdownTextSplitter,
      LatexTextSplitter,
      PythonCodeTextSplitter,
    ];
    expect(kinds.map((kind) => kind.lc_name())).toEqual(kinds.map((kind) => kind.name));
  });
});
