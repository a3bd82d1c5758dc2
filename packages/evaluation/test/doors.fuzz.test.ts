import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import {
  evaluateRun,
  loadBeirFolder,
  loadCalibration,
  loadTrecQrels,
  loadTrecRun,
  matchAnswer,
  questionsFromHeadings,
  readBeirCorpus,
  readQuestions,
  ScoreCalibration,
} from "../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "evaluation-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const word = fc.oneof(
  fc.constantFrom("q1", "Q0", "d1", "1", "-1", "0.5", "inf", "nan", "1e999", "\ufeff"),
  fc.string(),
);
const lines = (separator: string) =>
  fc
    .array(fc.array(word, { maxLength: 7 }), { maxLength: 8 })
    .map((rows) => rows.map((row) => row.join(separator)).join("\n"));
const bytes = fc.uint8Array({ maxLength: 300 });

fuzz({
  name: "evaluation: TREC run files",
  shortRuns: 100,
  arbitrary: fc.oneof(lines(" "), lines("\t"), bytes),
  run: async (content) => {
    const run = await loadTrecRun(await file("run", content));
    await evaluateRun({ q1: { d1: 1 } }, run);
  },
});

fuzz({
  name: "evaluation: TREC qrels files",
  shortRuns: 100,
  arbitrary: fc.oneof(lines(" "), bytes),
  run: async (content) => {
    const qrels = await loadTrecQrels(await file("judgements", content));
    await evaluateRun(qrels, { q1: { d1: 1 } }, { measures: ["ndcgExp", "map"] });
  },
});

const cell = fc.oneof(
  fc.constantFrom("question", "source", "passage", '"', '""', '"a,b"', "\r\n", ";", "a"),
  fc.string(),
);
const csv = fc
  .array(fc.array(cell, { maxLength: 4 }), { maxLength: 6 })
  .map((rows) => ["question,source", ...rows.map((row) => row.join(","))].join("\n"));

fuzz({
  name: "evaluation: questions in CSV",
  shortRuns: 100,
  arbitrary: fc.oneof(
    csv,
    csv.map((text) => text.slice(16)),
    bytes,
  ),
  run: async (content) => void (await readQuestions(await file("questions.csv", content))),
});

const jsonLines = fc
  .array(
    fc.oneof(
      fc.record(
        { _id: word, question: fc.anything(), text: fc.anything(), title: fc.anything() },
        { requiredKeys: [] },
      ),
      fc.jsonValue(),
    ),
    { maxLength: 5 },
  )
  .map((values) => values.map((value) => safeJson(value)).join("\n"));

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "{";
  } catch {
    return "{";
  }
}

fuzz({
  name: "evaluation: questions in JSON Lines",
  shortRuns: 100,
  arbitrary: fc.oneof(jsonLines, bytes),
  run: async (content) => void (await readQuestions(await file("questions.jsonl", content))),
});

fuzz({
  name: "evaluation: BEIR folders",
  shortRuns: 50,
  arbitrary: fc.tuple(fc.oneof(jsonLines, bytes), fc.oneof(lines("\t"), bytes)),
  run: async ([json, tsv]) => {
    await mkdir(join(folder, "qrels"), { recursive: true });
    await file("queries.jsonl", json);
    await file("corpus.jsonl", json);
    await file(join("qrels", "test.tsv"), tsv);
    for await (const _ of readBeirCorpus(folder));
    await loadBeirFolder(folder);
  },
});

const saved = JSON.stringify({
  format: "secondpass-calibration-1",
  ...ScoreCalibration.fit(
    [-2, -1, 0, 1, 2].map((score) => ({ score, relevant: score === 0 || score > 1 })),
    { model: "m", method: "isotonic" },
  ).toJSON(),
});

fuzz({
  name: "evaluation: saved calibrations",
  shortRuns: 100,
  arbitrary: fc.oneof(
    fc
      .tuple(fc.nat(saved.length - 1), fc.constantFrom("0", "-", "9", "null", "]", ",", '"'), fc.nat(3))
      .map(([at, text, drop]) => saved.slice(0, at) + text + saved.slice(at + drop)),
    fc.json(),
    bytes,
  ),
  run: async (content) => {
    const calibration = await loadCalibration(await file("calibration", content), { model: "m" });
    const values = [-1e9, -1.5, 0, 0.5, 3].map((score) => calibration.probability(score));
    if (!values.every((value, i) => value >= (values[i - 1] ?? 0) && value <= 1))
      throw new Error(`falls: ${values}`);
    calibration.thresholdFor({ f1: true });
  },
});

const markdown = fc
  .array(
    fc.oneof(
      fc.constantFrom("# ", "#", "```", "\n", " ", "~~~", "text of a paragraph that is long enough", "\r\n"),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(""));

fuzz({
  name: "evaluation: questions from headings, and matches",
  arbitrary: fc.tuple(markdown, markdown),
  run: ([text, other]) => {
    questionsFromHeadings([new Document({ pageContent: text })]);
    matchAnswer("source")(new Document({ pageContent: text }), { passage: other });
  },
});
