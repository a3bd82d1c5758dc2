import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { RunnableLambda } from "@langchain/core/runnables";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import { type ComparisonProgress, compareRankings, PipelineError } from "../../src/index.js";
import { findsAt, passage, someQuestions } from "./some-questions.js";

describe("compareRankings", () => {
  it("gives ranks, values, means and what differs", async () => {
    const comparison = await compareRankings({
      questions: someQuestions(30),
      pipelines: { first: () => findsAt((i) => (i % 2) + 2), second: () => findsAt(() => 1) },
      measures: ["mrr@10", "hitRate@1"],
    });
    const [first, second] = comparison.pipelines;
    expect(first!.results.slice(0, 2)).toMatchObject([
      { rank: 2, ranks: [2], values: { "mrr@10": 0.5, "hitRate@1": 0 } },
      { rank: 3, values: { "mrr@10": 1 / 3 } },
    ]);
    expect(second!.means["mrr@10"]).toEqual({ mean: 1, low: 1, high: 1 });
    expect(first!.results[0]!.found[1]).toEqual({ excerpt: passage(0), source: "file-1.md", right: true });
    expect(comparison.baseline).toBe("first");
    expect(comparison.differences[0]).toMatchObject({
      pipeline: "second",
      measure: "mrr@10",
      verdict: "better",
      better: 30,
      worse: 0,
    });
    expect(comparison.differences[0]!.sentence).toMatch(/^"second" is better than "first": \+0\.583 mrr@10/);
    expect(comparison.notes).toEqual([]);
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });

  it("reports that a small difference may be chance, and how many questions are needed", async () => {
    const { differences, notes } = await compareRankings({
      questions: someQuestions(20),
      pipelines: {
        a: () => findsAt((i) => (i % 4 === 0 ? 2 : 1)),
        b: () => findsAt((i) => (i % 5 === 0 ? 2 : 1)),
        c: () => findsAt((i) => (i % 4 === 0 ? 2 : 1)),
      },
      measures: ["mrr@10"],
    });
    const [b, c] = differences;
    expect(b).toMatchObject({ verdict: "noise", better: 4, worse: 3 });
    expect(b!.questionsNeeded).toBeGreaterThan(20);
    expect(b!.sentence).toContain(`This may be chance. About ${b!.questionsNeeded} questions`);
    expect(c).toMatchObject({ verdict: "equal", difference: 0, questionsNeeded: null });
    expect(c!.sentence).toBe('"c" and "a" have the same mrr@10 on all 20 questions.');
    expect(notes).toEqual(["20 questions are few: only large differences can be told from chance."]);
  });

  it("warns if a measure needs more documents than `depth`", async () => {
    const { notes } = await compareRankings({
      questions: someQuestions(25),
      pipelines: { a: () => findsAt(() => 1) },
      measures: ["map", "recall@5", "recall@100"],
      depth: 5,
    });
    expect(notes).toEqual(['"recall@100" saw only the best 5 documents of each result: raise `depth`.']);
  });

  it("treats four wins of four as noise", async () => {
    const { differences } = await compareRankings({
      questions: someQuestions(4),
      pipelines: { a: () => findsAt(() => 2), b: () => findsAt(() => 1) },
    });
    expect(differences[0]).toMatchObject({ verdict: "noise", pValue: 0.125 });
    expect(differences[0]!.sentence).toContain("Only 4 of them differ; below 6, no test can tell.");
  });

  it("counts each answer once, at the first document that has it", async () => {
    const both = new Document({ pageContent: `${passage(1)} ${passage(2)}` });
    const again = new Document({ pageContent: passage(1) });
    const { pipelines } = await compareRankings({
      questions: [
        {
          question: "q",
          answers: [{ passage: passage(1) }, { passage: passage(2) }, { passage: passage(3) }],
        },
      ],
      pipelines: { p: () => () => [both, again, again] },
      measures: ["ndcg@10", "recall@5", "precision@2"],
    });
    expect(pipelines[0]!.results[0]).toMatchObject({ rank: 1, ranks: [1, 1, null] });
    expect(pipelines[0]!.means["recall@5"]!.mean).toBe(0.5);
    expect(pipelines[0]!.means["precision@2"]!.mean).toBe(0.5);
    expect(pipelines[0]!.means["ndcg@10"]!.mean).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
  });

  it("accepts Runnables, runs one at a time, and disposes each", async () => {
    const log: string[] = [];
    const make = (name: string) => async () => {
      log.push(`build ${name}`);
      const pipeline = RunnableLambda.from<string, Document[]>(findsAt(() => 1));
      return { pipeline, dispose: async () => log.push(`dispose ${name}`) };
    };
    const progress: ComparisonProgress[] = [];
    await compareRankings({
      questions: someQuestions(2),
      pipelines: { one: make("one"), two: make("two") },
      onProgress: (state) => progress.push(state),
    });
    expect(log).toEqual(["build one", "dispose one", "build two", "dispose two"]);
    expect(progress.map(({ pipeline, done, total }) => `${pipeline} ${done}/${total}`)).toEqual([
      "one 1/4",
      "one 2/4",
      "two 3/4",
      "two 4/4",
    ]);
  });

  it("throws if a pipeline fails, or reports it and compares the others", async () => {
    let disposed = 0;
    const failing = () => ({
      pipeline: async (question: string) => {
        if (question === "question 1") throw new Error("Out of order.");
        return [];
      },
      dispose: () => ++disposed,
    });
    const unbuilt = () => Promise.reject(new Error("No such model."));
    const good = () => findsAt(() => 1);
    const questions = someQuestions(3);
    const call = compareRankings({ questions, pipelines: { failing, good } });
    await expect(call).rejects.toThrow(PipelineError);
    await expect(call).rejects.toMatchObject({ pipeline: "failing", question: "question 1" });
    expect(disposed).toBe(1);
    const reported = await compareRankings({
      questions,
      pipelines: { failing, unbuilt, good, again: good },
      onPipelineError: "report",
    });
    expect(reported.failures.map(({ name }) => name)).toEqual(["failing", "unbuilt"]);
    expect(reported.failures[1]!.message).toContain("could not be built: No such model.");
    expect(reported).toMatchObject({ baseline: "good", pipelines: [{ name: "good" }, { name: "again" }] });
    const none = compareRankings({ questions, pipelines: { failing, unbuilt }, onPipelineError: "report" });
    await expect(none).rejects.toMatchObject({ pipeline: "failing" });
  });

  it.each([
    ["no list", () => "documents"],
    ["a list of texts", () => ["documents"]],
    ["nothing", () => undefined],
  ])("reports a pipeline that gives %s", async (_, pipeline) => {
    const call = compareRankings({
      questions: someQuestions(1),
      pipelines: { odd: () => pipeline as never },
    });
    await expect(call).rejects.toThrow(/Pipeline "odd" failed.*Expected a list of Documents/);
  });

  it("stops if its signal aborts, also with failures reported, and passes the signal to pipelines", async () => {
    const controller = new AbortController();
    const call = compareRankings({
      questions: someQuestions(3),
      pipelines: {
        slow:
          () =>
          async (_question, { signal }) => {
            expect(signal).toBe(controller.signal);
            controller.abort(new Error("enough"));
            return new Promise(() => undefined);
          },
      },
      onPipelineError: "report",
      signal: controller.signal,
    });
    await expect(call).rejects.toThrow("enough");
  });

  it("does not wait for a factory after an abort, and disposes a late pipeline", async () => {
    const controller = new AbortController();
    let late: (made: { pipeline: () => []; dispose: () => void }) => void = () => undefined;
    const disposed = new Promise<void>((resolve) => {
      const built = new Promise<{ pipeline: () => []; dispose: () => void }>((give) => {
        late = () => give({ pipeline: () => [], dispose: resolve });
      });
      const call = compareRankings({
        questions: someQuestions(1),
        pipelines: { slow: () => built },
        signal: controller.signal,
      });
      call.catch(late);
    });
    controller.abort(new Error("enough"));
    await disposed;
  });

  it("matches by your own function, which must return true or false", async () => {
    const options = {
      questions: someQuestions(1),
      pipelines: { p: () => findsAt(() => 5) },
      measures: ["mrr" as const],
    };
    const { pipelines } = await compareRankings({
      ...options,
      match: ({ metadata }) => metadata.source === "file-2.md",
    });
    expect(pipelines[0]!.results[0]!.rank).toBe(3);
    const asynchronous = compareRankings({
      ...options,
      match: (async () => true) as never,
      onPipelineError: "report",
    });
    await expect(asynchronous).rejects.toThrow(/cannot be asynchronous/);
  });

  it.each([
    ["no questions", { questions: [] }, "questions"],
    ["a question without answers", { questions: [{ question: "q", answers: [] }] }, "questions[0].answers"],
    ["an answer of nothing", { questions: [{ question: "q", answers: [{}] }] }, "questions[0].answers[0]"],
    ["no pipelines", { pipelines: {} }, "pipelines"],
    ["a pipeline that is not a factory", { pipelines: { p: {} } }, 'pipelines["p"]'],
    ["an unknown baseline", { baseline: "q" }, "baseline"],
    ["a depth of 0", { depth: 0 }, "depth"],
    ["an unknown measure", { measures: ["ndgc"] }, "measures[0]"],
  ])("throws for %s", async (_, wrong, option) => {
    const options = { questions: someQuestions(1), pipelines: { p: () => findsAt(() => 1) }, ...wrong };
    const call = compareRankings(options as never);
    await expect(call).rejects.toThrow(InvalidOptionError);
    await expect(call).rejects.toMatchObject({ option });
  });

  it("throws for an unknown option", async () => {
    const options = { questions: someQuestions(1), pipelines: { p: () => findsAt(() => 1) }, top_k: 3 };
    await expect(compareRankings(options as never)).rejects.toThrow(UnknownOptionError);
  });
});
