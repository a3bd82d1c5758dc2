import { beforeAll, describe, expect, it } from "@jest/globals";
import { expectNothingLost, type FaultReport } from "./fault-report.js";
import { runTrial } from "./run-trial.js";

/** The tests take half a minute on a free core, and minutes on a busy machine. */
const TIME_LIMIT_MS = 600_000;

describe("the parts of the fleet", () => {
  let found: Record<string, unknown>;
  beforeAll(async () => {
    found = await runTrial("law-trial");
  }, TIME_LIMIT_MS);

  it("adds new and changed documents", () => {
    expect(found.added).toEqual([0, 2, 0]);
  });

  it("says which document cannot be added", () => {
    expect(found.twice).toMatch(/^InvalidOptionError: .*no other document.*"a"/);
    expect(found.nul).toMatch(/^InvalidOptionError: .*NUL characters in the document c/);
  });

  it("writes chunks once if two workers have the same job", () => {
    expect(found.both).toEqual([2, 2]);
    const status = { documents: 2, waiting: 0, chunks: 2, jobs: 0, failed: 0 };
    expect(found.once).toEqual([["A lake is deep."], ["A mountain is high."], status]);
  });

  it("leaves documents that are changed or deleted while they are embedded to the job of that change", () => {
    expect(found.late).toEqual([0, ["A lake is deep."], []]);
    expect(found.changed).toEqual([["New."], { documents: 1, waiting: 0, chunks: 1, jobs: 0, failed: 0 }]);
  });

  it("indexes the others if one document of a job cannot be indexed, and keeps that one to be tried again", () => {
    const status = { documents: 4, waiting: 1, chunks: 3, jobs: 0, failed: 1 };
    const error = "Error: It cannot be embedded.";
    expect(found.poison).toEqual([["Sound."], [], ["Also sound."], status, [error, error]]);
    expect(found.again).toBe(1);
    expect(found.healed).toEqual([["Poison."], 0]);
  });

  it("finds what FAISS finds, in its order", () => {
    expect(new Set(found.meaning as number[])).toEqual(new Set([1]));
  });

  it("finds nearly the same by the HNSW index", () => {
    expect(found.usesIndex).toBe(true);
    const shares = found.approximate as number[];
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.9);
  });

  it("filters by metadata, and checks k", () => {
    expect((found.filtered as number[]).length).toBeGreaterThan(20);
    expect(new Set(found.filtered as number[])).toEqual(new Set([3]));
    expect(found.wrongK).toMatch(/^InvalidOptionError: Expected `k`/);
  });

  it("adds, replaces and deletes chunks as a vector store", () => {
    expect(found.stored).toEqual([["s#0"], ["s#0"], ["A note."]]);
    expect(found.deleted).toEqual([]);
  });

  it("finds words of questions with any special characters", () => {
    const [who] = /\w+(?=\?$)/.exec(found.question as string) ?? [];
    expect(found.words).toEqual([expect.stringContaining(who ?? "nobody")]);
    expect(found.noWords).toEqual([[], [], []]);
    expect(new Set(found.signs as string[])).toEqual(new Set(["none"]));
  });

  it("throws a DatabaseUnavailableError after the waiting time", () => {
    expect(found.away).toMatch(/^DatabaseUnavailableError: .* within 300 ms, got .*ECONNREFUSED/);
  });
});

describe("the whole fleet", () => {
  it(
    "loses nothing and answers right while workers, servers and the database are killed",
    async () => {
      const report = await runTrial<FaultReport>("fault-trial", {
        chunks: 240,
        questions: 12,
        workers: 2,
        servers: 2,
        clients: 1,
        seed: 1,
        faults: { worker: 2, server: 1, database: 1 },
        laterFaults: { worker: 0, server: 1, database: 1 },
        pauseMs: 600,
        thinkMs: 50,
        jobSeconds: 6,
      });
      expect(report.kills).toEqual({ worker: 2, server: 2, database: 2 });
      expect(report.chunks.expected).toBe(240);
      expectNothingLost(report, 12);
    },
    TIME_LIMIT_MS,
  );
});
