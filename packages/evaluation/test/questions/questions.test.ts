import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { InvalidOptionError } from "@secondpass/core";
import * as fc from "fast-check";
import { FileFormatError, matchAnswer, questionsFromHeadings, readQuestions } from "../../src/index.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "questions-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, content: string) {
  const path = join(folder, name);
  await writeFile(path, content);
  return readQuestions(path);
}

describe("readQuestions", () => {
  it("reads CSV with quotes, line breaks and columns in any order", async () => {
    const csv =
      '\ufeffid,Source,question,passage\r\n1,a.md,"What, exactly?","He said ""yes"".\r\n\r\nThen left."\r\n\r\n2,,Who?,"A man, tall"\r\n3,b.md,"What, exactly?",\r\n';
    expect(await read("a.csv", csv)).toEqual([
      {
        question: "What, exactly?",
        answers: [{ passage: 'He said "yes".\n\nThen left.', source: "a.md" }, { source: "b.md" }],
      },
      { question: "Who?", answers: [{ passage: "A man, tall" }] },
    ]);
  });

  it("reads semicolons and tabs", async () => {
    expect(await read("b.csv", "question;source\nA, b?;x.md\n")).toEqual([
      { question: "A, b?", answers: [{ source: "x.md" }] },
    ]);
    expect(await read("b.tsv", "question\tpassage\nA?\tp;q\n")).toEqual([
      { question: "A?", answers: [{ passage: "p;q" }] },
    ]);
  });

  it("reads JSON Lines", async () => {
    const lines = '{"question": "A?", "passage": "p", "note": 1}\n\n{"question": "B?", "source": "s"}\n';
    expect(await read("c.jsonl", lines)).toEqual([
      { question: "A?", answers: [{ passage: "p" }] },
      { question: "B?", answers: [{ source: "s" }] },
    ]);
  });

  it("is empty for an empty file", async () => {
    expect(await read("d.csv", "")).toEqual([]);
    expect(await read("d.jsonl", "\n")).toEqual([]);
  });

  it.each([
    ["a question is blank", "e.csv", "question,source\nA?,x\n ,y\n", 3],
    ["passage and source are blank", "e.csv", "question,source\nA?,\n", 2],
    ["a column is missing", "e.csv", "query,source\nA?,x\n", 1],
    ["a row is too short", "e.csv", "question,source\nA?,x\nB?\n", 3],
    ["a quote is not closed", "e.csv", 'question,source\nA?,"x\n', 2],
    [
      "a question is not a text",
      "e.jsonl",
      '{"question": "A?", "source": "s"}\n{"question": ["B?"], "source": "s"}',
      2,
    ],
    ["a line is not JSON", "e.jsonl", '{"question": ', 1],
  ])("names the line if %s", async (_, name, content, line) => {
    const call = read(name, content);
    await expect(call).rejects.toThrow(FileFormatError);
    await expect(call).rejects.toMatchObject({ line });
  });

  it("throws for another kind of file", async () => {
    await expect(readQuestions("questions.xlsx")).rejects.toThrow(InvalidOptionError);
  });
});

describe("questionsFromHeadings", () => {
  const text = [
    "# Overview",
    "The first paragraph under a heading of one word, which is too general.",
    "## How to save an index ##",
    "",
    "An index is saved to a folder, and loaded from it again later.",
    "A second line of the same paragraph.",
    "",
    "Another paragraph, which is not part of the answer at all.",
    "```",
    "## not a heading in code, though it is a long one",
    "```",
    "### Empty section here",
    "### Short one here",
    "Too short.",
    "#Not a heading",
  ].join("\n");

  it("makes questions of headings, with the first paragraph as answer", () => {
    expect(
      questionsFromHeadings([new Document({ pageContent: text, metadata: { source: "a.md" } })]),
    ).toEqual([
      {
        question: "How to save an index",
        answers: [
          {
            passage:
              "An index is saved to a folder, and loaded from it again later.\nA second line of the same paragraph.",
            source: "a.md",
          },
        ],
        origin: "heading",
      },
    ]);
  });

  it("leaves out headings that occur twice, and spreads a few evenly", () => {
    const document = (i: number) =>
      new Document({ pageContent: `# The same\n${"x".repeat(50)}\n\n# Section ${i}\n${"y".repeat(50)}` });
    const documents = Array.from({ length: 10 }, (_, i) => document(i));
    expect(questionsFromHeadings(documents, { max: 3 }).map(({ question }) => question)).toEqual([
      "Section 0",
      "Section 3",
      "Section 6",
    ]);
    expect(questionsFromHeadings([])).toEqual([]);
  });
});

describe("matchAnswer", () => {
  const match = matchAnswer("source");
  const of = (pageContent: string, source?: string) => new Document({ pageContent, metadata: { source } });
  const passage = "The quick brown fox jumps over the lazy dog near the river bank.";

  it.each([
    [
      "the whole passage, in other case and white space",
      `Before. ${passage.toUpperCase().replace(/ /g, "\n ")} After.`,
      true,
    ],
    ["a chunk inside the passage", "brown fox jumps over the lazy dog", true],
    [
      "more than half of it, at the end",
      `Intro text that is much longer than the passage itself is. ${passage.slice(0, 40)}`,
      true,
    ],
    [
      "more than half of it, at the start",
      `${passage.slice(20)} And a tail that is much longer than the passage itself.`,
      true,
    ],
    [
      "less than half of it",
      `Intro text that is much longer than the passage itself is. ${passage.slice(0, 20)}`,
      false,
    ],
    ["a word of it", "the lazy dog", false],
    ["nothing", "", false],
  ])("matches by passage: %s", (_, pageContent, expected) => {
    expect(match(of(pageContent), { passage })).toBe(expected);
  });

  it("matches by source, or by the end of its path", () => {
    expect(match(of("x", "/docs/guide/a.md"), { source: "guide/a.md" })).toBe(true);
    expect(match(of("x", "docs\\guide\\a.md"), { source: "./guide/a.md" })).toBe(true);
    expect(match(of("x", "/docs/guide/aa.md"), { source: "a.md" })).toBe(false);
    expect(match(of("x"), { source: "a.md" })).toBe(false);
    expect(match(of(passage, "b.md"), { passage, source: "a.md" })).toBe(false);
    expect(match(of(passage, "a.md"), { passage, source: "a.md" })).toBe(true);
  });

  it("finds a passage in any text around it, and a long part of it before any text", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength: 60 });
    fc.assert(
      fc.property(letters, letters, letters, (before, middle, after) => {
        fc.pre(middle.trim() !== "");
        expect(match(of(`${before} ${middle} ${after}`), { passage: middle })).toBe(true);
        const half = middle.slice(Math.floor(middle.length / 4)).trim();
        if (half.length >= 20) expect(match(of(half), { passage: middle })).toBe(true);
      }),
    );
  });
});
