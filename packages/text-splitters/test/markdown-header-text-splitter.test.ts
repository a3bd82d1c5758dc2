import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import {
  InvalidOptionError,
  MarkdownHeaderTextSplitter,
  RecursiveCharacterTextSplitter,
} from "../src/index.js";

const headersToSplitOn = [
  ["#", "Header 1"],
  ["##", "Header 2"],
] as const;
const TEXT = "# Title\n\nIntro\nmore\n\n## Part\n  Body  \n";

describe("MarkdownHeaderTextSplitter", () => {
  it("returns sections with their headings, as Python does", async () => {
    const documents = await new MarkdownHeaderTextSplitter({ headersToSplitOn }).splitText(TEXT);
    expect(documents.map(({ pageContent, metadata }) => [pageContent, metadata])).toEqual([
      ["Intro\nmore", { "Header 1": "Title" }],
      ["Body", { "Header 1": "Title", "Header 2": "Part" }],
    ]);
  });

  it("adds ids, metadata and positions when it splits Documents, and does not change them", async () => {
    const document = new Document({ pageContent: TEXT, metadata: { nested: { a: 1 } }, id: "doc-1" });
    const splitter = new MarkdownHeaderTextSplitter({ headersToSplitOn, addStartIndex: true });
    const [first, second] = await splitter.invoke([document]);
    expect(first).toMatchObject({
      id: "doc-1",
      metadata: { nested: { a: 1 }, "Header 1": "Title", startIndex: 9, loc: { lines: { from: 3, to: 4 } } },
    });
    expect(second?.metadata).toMatchObject({
      "Header 2": "Part",
      startIndex: 31,
      loc: { lines: { from: 7, to: 7 } },
    });
    expect(first?.metadata.nested).not.toBe(document.metadata.nested);
    expect(document.metadata).toEqual({ nested: { a: 1 } });
  });

  it("can be combined with a splitter by size", async () => {
    const chain = new MarkdownHeaderTextSplitter({ headersToSplitOn }).pipe(
      new RecursiveCharacterTextSplitter({ chunkSize: 5, chunkOverlap: 0 }),
    );
    const chunks = await chain.invoke([new Document({ pageContent: TEXT })]);
    expect(chunks.map((chunk) => chunk.pageContent)).toEqual(["Intro", "more", "Body"]);
    expect(chunks[2]?.metadata).toMatchObject({ "Header 2": "Part" });
  });

  it("splits an open fence that ends with a blank line, for which Python raises an error", async () => {
    const splitter = new MarkdownHeaderTextSplitter({ headersToSplitOn, stripHeaders: false });
    const documents = await splitter.splitText("```\n\n```x\n# Title");
    expect(documents.length).toBeGreaterThan(0);
  });

  it.each([undefined, [["", "x"]], ["#"]])("throws for the headers %j", (headers) => {
    const options = { headersToSplitOn: headers as unknown as [string, string][] };
    expect(() => new MarkdownHeaderTextSplitter(options)).toThrow(InvalidOptionError);
  });
});
