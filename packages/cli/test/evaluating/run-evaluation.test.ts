import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { CorpusFolder } from "../corpus-folder.js";
import { runMain } from "../run-main.js";

jest.setTimeout(60_000);

const folder = new CorpusFolder({
  "saving.md": "An index is saved to a folder by its method save.",
  "fruit.txt": "Bananas ripen faster in a paper bag.",
  "alps.txt": "Mont Blanc is 4806 m high.",
});
afterAll(() => folder.dispose());
const questions = join(folder.root, "questions.csv");
const evaluate = (...words: string[]) => runMain(["eval", questions, "--index", folder.index, ...words]);

describe("secondpass eval", () => {
  beforeAll(async () => {
    writeFileSync(
      questions,
      'question,passage,source\nHow high is Mont Blanc?,,alps.txt\nWhere do bananas ripen?,"ripen faster in a paper bag",\n',
    );
    expect(await runMain(["index", folder.texts, "--index", folder.index])).toMatchObject({ code: 0 });
  });

  it("compares the usual searches, as a table, as JSON and as a page", async () => {
    const report = join(folder.root, "report.html");
    const { code, stdout, stderr } = await evaluate("--report", report);
    expect([code, stderr]).toEqual([0, ""]);
    for (const name of ["lexical", "dense", "hybrid", "hybrid + rerank", "mrr@10"])
      expect(stdout).toContain(name);
    expect(readFileSync(report, "utf8")).toMatch(/^<!doctype html>/i);
    const { pipelines } = JSON.parse((await evaluate("--json", "--measure", "hitRate@1")).stdout);
    expect(pipelines.map(({ name }: { name: string }) => name)).toEqual([
      "lexical",
      "dense",
      "hybrid",
      "hybrid + rerank",
    ]);
    for (const { means } of pipelines) expect(means["hitRate@1"].mean).toBe(1);
  });

  it.each<[string, string[], RegExp, number]>([
    ["no questions", ["eval"], /^Expected one file of QUESTIONS, got none/, 2],
    ["a file of another kind", ["eval", "q.txt"], /QUESTIONS.*\.csv, \.tsv or \.jsonl, got "q\.txt"/, 2],
    ["a file that does not exist", ["eval", "none.csv"], /none\.csv/, 1],
    [
      "an unknown measure",
      ["eval", questions, "--index", folder.index, "--measure", "mrrr@3"],
      /--measure/,
      2,
    ],
    [
      "a folder without an index",
      ["eval", questions, "--index", "nowhere"],
      /^There is no index in nowhere/,
      1,
    ],
    [
      "a model that does not exist",
      ["eval", questions, "--index", folder.index, "--model", "./none"],
      /--model/,
      1,
    ],
    [
      "a report that cannot be written",
      ["eval", questions, "--index", folder.index, "--report", folder.texts],
      /^Cannot write the --report/,
      1,
    ],
  ])("rejects %s", async (_name, words, message, code) => {
    const answer = await runMain(words);
    expect(answer.stderr).toMatch(message);
    expect([answer.code, answer.stdout]).toEqual([code, ""]);
    expect(existsSync("q.txt")).toBe(false);
  });
});
