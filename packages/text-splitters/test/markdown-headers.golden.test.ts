import { describe, expect, it } from "@jest/globals";
import { MarkdownHeaderTextSplitter, type MarkdownHeaderTextSplitterOptions } from "../src/index.js";
import { readFixture, readGolden } from "./golden.js";

interface Case {
  readonly text: string | { readonly fixture: string };
  readonly options: MarkdownHeaderTextSplitterOptions;
  readonly chunks: [string, Record<string, string>][];
}

describe("LangChain Python's Markdown sections", () => {
  const { cases } = readGolden<Case[]>("markdown-headers");

  it.each(cases.map((one, i) => [i, one] as const))("case %i", async (_, { text, options, chunks }) => {
    const source = typeof text === "string" ? text : readFixture(text.fixture);
    const documents = await new MarkdownHeaderTextSplitter(options).splitText(source);
    expect(documents.map(({ pageContent, metadata }) => [pageContent, metadata])).toEqual(chunks);
  });
});
