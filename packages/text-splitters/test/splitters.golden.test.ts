import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Document } from "@langchain/core/documents";
import {
  RecursiveCharacterTextSplitter,
  type SupportedTextSplitterLanguage,
  SupportedTextSplitterLanguages,
} from "../src/index.js";
import { checkStart, type StartRelation, tally } from "./check-start.js";
import {
  type GoldenOptions,
  HAS_SHARED_DATA,
  makeSplitter,
  parseChunks,
  readFixture,
  readGolden,
  SHARED_DATA,
  sha256,
} from "./golden.js";

interface Case {
  readonly text: string;
  readonly splitter: string;
  readonly options: GoldenOptions;
}

const joined = (documents: readonly Document[]) =>
  sha256(documents.map((document) => document.pageContent).join("\0"));
const title = ({ text, splitter, options }: Case) => `${splitter} on ${text} with ${JSON.stringify(options)}`;

describe("LangChain Python's chunks of the fixtures", () => {
  const { cases } = readGolden<(Case & { chunks: string; sha256: string })[]>("fixtures");
  const relations: StartRelation[] = [];

  it.each(cases.map((one) => [title(one), one] as const))("%s", async (_, one) => {
    const source = readFixture(one.text);
    const documents = await makeSplitter(one.splitter, one.options).createDocuments([source]);
    const expected = parseChunks(one.chunks);
    expect(documents.map((document) => [...document.pageContent].length)).toEqual(
      expected.map((chunk) => chunk.length),
    );
    expect(joined(documents)).toBe(one.sha256);
    documents.forEach((document, i) => {
      relations.push(checkStart(source, document, expected[i]!.start));
    });
  });

  it("start where Python finds them, except for the known differences", () => {
    expect(tally(relations)).toEqual({ same: 3038, repeated: 28, missed: 0, coincidence: 1 });
  });
});

describe("LangChain Python's chunks of random texts, with random options", () => {
  const { cases } = readGolden<(Case & { chunks: [string, number][] })[]>("fuzz");
  const relations: StartRelation[] = [];

  it.each(cases.map((one, i) => [i, one.splitter, one] as const))("case %i: %s", async (_, __, one) => {
    const documents = await makeSplitter(one.splitter, one.options).createDocuments([one.text]);
    expect(documents.map((document) => document.pageContent)).toEqual(one.chunks.map(([chunk]) => chunk));
    documents.forEach((document, i) => {
      relations.push(checkStart(one.text, document, one.chunks[i]![1]));
    });
  });

  it("start where Python finds them, except for the known differences", () => {
    expect(tally(relations)).toEqual({ same: 4812, repeated: 89, missed: 0, coincidence: 1 });
  });
});

describe("LangChain Python's separators", () => {
  const { cases } = readGolden<Record<SupportedTextSplitterLanguage, string[]>>("language-separators");

  it("exist for the same languages", () => {
    expect([...SupportedTextSplitterLanguages].sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(SupportedTextSplitterLanguages)("are the same for %s", (language) => {
    expect(RecursiveCharacterTextSplitter.getSeparatorsForLanguage(language)).toEqual(cases[language]);
  });
});

const describeIfShared = HAS_SHARED_DATA ? describe : describe.skip;
const reason = HAS_SHARED_DATA ? "" : " (skipped: ../shared/data is missing)";

describeIfShared(`LangChain Python's chunks of the development texts${reason}`, () => {
  const { cases } =
    readGolden<(Case & { count: number; sha256: string; startsSha256: string })[]>("shared-texts");
  const otherStarts: string[] = [];

  it.each(cases.map((one) => [title(one), one] as const))("%s", async (_, one) => {
    const source = readFileSync(join(SHARED_DATA, one.text), "utf8");
    const documents = await makeSplitter(one.splitter, one.options).createDocuments([source]);
    expect(documents).toHaveLength(one.count);
    expect(joined(documents)).toBe(one.sha256);
    for (const { pageContent, metadata } of documents) {
      const start = metadata.startIndex as number;
      if (start !== -1) expect(source.startsWith(pageContent, start)).toBe(true);
    }
    const positions = new CodePointPositions(source);
    const starts = documents.map((document) => positions.of(document.metadata.startIndex as number));
    if (sha256(starts.join(",")) !== one.startsSha256) otherStarts.push(title(one));
  });

  it("start where Python finds them, except for the known differences", () => {
    // Each has a chunk whose text also occurs shortly before it; Python finds that place.
    expect(otherStarts).toHaveLength(17);
  });
});

/** Converts ascending UTF-16 positions to code points. */
class CodePointPositions {
  #units = 0;
  #points = 0;

  constructor(private readonly text: string) {}

  of(position: number): number {
    if (position < 0) return position;
    this.#points += [...this.text.slice(this.#units, position)].length;
    this.#units = position;
    return this.#points;
  }
}
