import { expect } from "@jest/globals";

interface Calls {
  readonly answered: number;
  /** Number of calls by the error that they ended with. */
  readonly typed: Readonly<Record<string, number>>;
  readonly untyped: readonly string[];
}

/** Output of trials/fault-trial.mjs. */
export interface FaultReport {
  readonly chunks: {
    readonly expected: number;
    readonly rows: number;
    readonly missing: number;
    readonly different: number;
    /** The largest difference of a vector's number from that of the single process. */
    readonly farthest: number;
  };
  readonly status: object;
  readonly calls: Readonly<Record<"indexing" | "indexed" | "draining", Calls>>;
  /** The number of wrong answers, and the first of them. */
  readonly wrong: readonly string[];
  readonly wrongs: number;
  readonly kills: Readonly<Record<"worker" | "server" | "database", number>>;
  /** The exit code of the server that was stopped. */
  readonly drained: unknown;
}

/** float32 sums in another order, in numbers of at most 1; worst seen 1.2e-7. */
const VECTOR_TOLERANCE = 1e-6;
const MAY_BE_THROWN = [
  "HttpEndpointError",
  "HttpResponseError",
  "HttpTimeoutError",
  "DatabaseUnavailableError",
];

/**
 * Checks a report: each chunk exists once and is right; each call got a right answer or a typed error; once all parts ran again, each
 * question was answered; and no call had an error while a server stopped gracefully.
 */
export function expectNothingLost(report: FaultReport, questions: number): void {
  const { chunks, status, calls, wrong, wrongs, drained } = report;
  const { expected, farthest } = chunks;
  expect(chunks).toEqual({ expected, rows: expected, missing: 0, different: 0, farthest });
  expect(farthest).toBeLessThan(VECTOR_TOLERANCE);
  expect(status).toMatchObject({ waiting: 0, chunks: expected, jobs: 0, failed: 0 });

  expect({ wrong, wrongs }).toEqual({ wrong: [], wrongs: 0 });
  for (const { answered, typed, untyped } of Object.values(calls)) {
    expect(untyped).toEqual([]);
    expect(answered).toBeGreaterThan(0);
    for (const name of Object.keys(typed)) expect(MAY_BE_THROWN).toContain(name);
  }
  expect(calls.indexed.answered).toBeGreaterThanOrEqual(questions);
  expect(calls.draining.typed).toEqual({});
  expect(drained).toBe(0);
}
