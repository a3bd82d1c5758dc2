import { describe, expect, it } from "@jest/globals";
import type { DocumentInterface } from "@langchain/core/documents";
import {
  ExperimentalMarkdownSyntaxTextSplitter,
  HTMLHeaderTextSplitter,
  type HTMLHeaderTextSplitterOptions,
  HTMLSectionSplitter,
  type HTMLSectionSplitterOptions,
  JSFrameworkTextSplitter,
  type JsonSplitOptions,
  RecursiveJsonSplitter,
  SemanticChunker,
} from "../src/index.js";
import { readGolden } from "./golden.js";
import { LetterEmbeddings } from "./letter-embeddings.js";

interface Case<Chunk> {
  readonly text: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Options of the call. */
  readonly call?: JsonSplitOptions;
  readonly chunks: readonly Chunk[];
}
type Section = readonly [content: string, metadata: Readonly<Record<string, unknown>>];

function sections(documents: readonly DocumentInterface[]): Section[] {
  return documents.map(({ pageContent, metadata }) => [pageContent, metadata]);
}

/** Runs every case of a golden file. */
function agrees<Chunk>(golden: string, split: (given: Case<Chunk>) => Promise<readonly Chunk[]>): void {
  const { cases } = readGolden<Case<Chunk>[]>(golden);
  it.each(cases.map((one, index) => [index, one] as const))(`${golden} %i`, async (_, one) => {
    expect(await split(one)).toEqual(one.chunks);
  });
}

describe("LangChain Python's chunks", () => {
  const embeddings = new LetterEmbeddings();
  agrees<string>("semantic-chunker", async ({ text, options, chunks }) => {
    const ours = await new SemanticChunker({ embeddings, ...options }).splitText(text);
    // Python makes an empty chunk after a last separator; ours are never empty.
    return chunks[chunks.length - 1] === "" ? [...ours, ""] : ours;
  });

  agrees<string>("js-framework", ({ text, options }) => new JSFrameworkTextSplitter(options).splitText(text));

  agrees<Section>("markdown-syntax", async ({ text, options }) => {
    return sections(await new ExperimentalMarkdownSyntaxTextSplitter(options).splitText(text));
  });

  agrees<string>("json", async ({ text, options, call }) => {
    const documents = [{ pageContent: text, metadata: {} }];
    const chunks = await new RecursiveJsonSplitter(options).splitDocuments(documents, call);
    return chunks.map(({ pageContent }) => pageContent);
  });

  agrees<Section>("html-header", async ({ text, options }) => {
    const splitter = new HTMLHeaderTextSplitter(options as unknown as HTMLHeaderTextSplitterOptions);
    return sections(await splitter.splitText(text));
  });

  agrees<Section>("html-section", async ({ text, options }) => {
    const splitter = new HTMLSectionSplitter(options as unknown as HTMLSectionSplitterOptions);
    return sections(await splitter.splitText(text));
  });
});
