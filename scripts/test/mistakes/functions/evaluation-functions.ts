import { join } from "node:path";
import { entry } from "../entry.js";
import { MISSING, mistakesFolder } from "../mistakes-folder.js";
import { Open, Optional } from "../wrong-calls.js";
import type { FunctionCalls } from "./function-calls.js";

const evaluation = entry("evaluation/dist/index.cjs");
const signal = new AbortController().signal;
const reading = new Optional({ signal });
const sampling = { samples: 5, seed: 1, signal };
const documents = [{ pageContent: "one", metadata: {}, id: "d1" }];
/** Query id → document id → grade or score. */
const byQuery = new Open({ q1: new Open({ d1: 1 }) });
const calibration = evaluation.ScoreCalibration.fit(
  [0, 1, 2, 3].map((score) => ({ score, relevant: score % 2 === 1 })),
  { model: "a" },
);
const comparison = new Open({
  questions: [{ question: "one?", answers: [{ source: "a.md" }] }],
  measures: ["map"],
  depth: 20,
  baseline: "a",
  pipelines: [
    {
      name: "a",
      means: { map: { mean: 1, low: 1, high: 1 } },
      buildMs: 1,
      latencyMs: { median: 1, p95: 1 },
      results: [{ rank: 1, ranks: [1], values: { map: 1 }, latencyMs: 1, found: [] }],
    },
  ],
  failures: [],
  differences: [],
  notes: [],
});
const title = new Optional({ title: "one" });

export const EVALUATION_FUNCTIONS: FunctionCalls = {
  areaUnderCurve: [[1], [0]],
  compareRankings: [
    {
      questions: [{ question: "one?", answers: [{ source: "a.md" }] }],
      pipelines: new Open({ a: async () => async () => documents }),
      measures: ["map"],
      depth: 1,
      baseline: "a",
      match: () => true,
      sourceKey: "source",
      onPipelineError: "throw",
      onProgress: () => undefined,
      ...sampling,
    },
  ],
  comparisonAsHtml: [comparison, title],
  comparisonAsJson: [comparison],
  comparisonAsMarkdown: [comparison],
  comparisonAsText: [comparison],
  evaluateRun: [
    byQuery,
    byQuery,
    new Optional({
      measures: ["map"],
      relevanceLevel: 1,
      missingQueries: "zero",
      withoutRelevant: "zero",
      signal,
    }),
  ],
  holmCorrection: [[0.1]],
  judgeBestScores: [
    { answerable: [1], offTopic: [0], unanswerable: [0] },
    new Optional({ ...sampling, threshold: 0.5 }),
  ],
  labelledScores: [byQuery, byQuery, new Optional({ relevanceLevel: 1, unjudged: "skip" })],
  loadBeirFolder: [MISSING, new Optional({ split: "test", signal })],
  loadCalibration: [MISSING, { model: "a" }],
  loadTrecQrels: [MISSING, reading],
  loadTrecRun: [MISSING, reading],
  matchAnswer: ["source"],
  measureRanking: ["map", ["d1"], new Open({ d1: 1 }), new Optional({ relevanceLevel: 1 })],
  pairedBootstrap: [[1], [0], new Optional({ ...sampling, confidence: 0.9 })],
  queriesNeeded: [[1], [0]],
  questionsFromHeadings: [documents, new Optional({ max: 1, sourceKey: "source" })],
  randomizationTest: [[1], [0], new Optional(sampling)],
  readBeirCorpus: [MISSING, reading],
  readQuestions: [`${MISSING}.csv`, reading],
  readTrecQrels: [MISSING, reading],
  readTrecRun: [MISSING, reading],
  reliability: [[{ probability: 0.5, relevant: true }]],
  reliabilityDiagram: [new Open({ bins: [], calibrationError: 0, brierScore: 0 }), title],
  saveCalibration: [calibration, join(mistakesFolder, "calibration.json")],
  writeBeirFolder: [
    join(mistakesFolder, "beir"),
    { documents, queries: new Open({ q1: "one" }), qrels: byQuery },
    new Optional({ split: "test", signal }),
  ],
  writeTrecQrels: [join(mistakesFolder, "qrels"), byQuery, reading],
  writeTrecRun: [join(mistakesFolder, "run"), byQuery, new Optional({ tag: "a", signal })],
};
