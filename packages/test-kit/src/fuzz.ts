import { appendFileSync } from "node:fs";
import { it } from "@jest/globals";
import { fuzzBatch } from "./fuzz/fuzz-batch.js";
import { fuzzSettings } from "./fuzz/fuzz-settings.js";
import type { FuzzTarget } from "./fuzz/fuzz-target.js";

/** Seed of the short form: `npm test` tries the same inputs every time. */
const SHORT_SEED = 1;
/** Inputs with one seed in the long form. A small number, so that the failing input is found quickly if the process is killed. */
const BATCH_RUNS = 500;
/** Failures after which the long form skips a target, because most repeat the same fault. */
const MAX_FAILURES = 3;
/** How long a target may exceed its share of the time, for its last input. */
const GRACE_MS = 60_000;

/** Number of running targets in this test file. */
let targets = 0;

/**
 * Defines a fuzz test of a function that receives untrusted input: for any input, it must return or throw a SecondpassError. Call it
 * in a `*.fuzz.test.ts`. See docs/contributing/add-a-fuzz-target.md.
 *
 * - In `npm test`, short: `shortRuns` inputs, the same every time.
 * - In `npm run fuzz`, long: random inputs for the target's share of the time. An input must not block the caller's thread for more than 50 ms.
 *
 * @example
 * fuzz({ name: "document-loaders: globs", arbitrary: fc.string(), run: (glob) => compileGlob(glob, "glob") });
 */
export function fuzz<Input>(target: FuzzTarget<Input>): void {
  const { fileMs, only, seed, path, report } = fuzzSettings();
  if (only !== undefined && !target.name.includes(only)) {
    it.skip(target.name, () => {});
    return;
  }
  targets++;
  const log = (event: object) => {
    if (report !== undefined)
      appendFileSync(report, `${JSON.stringify({ target: target.name, ...event })}\n`);
  };
  const tryBatch = async (options: { seed: number; path?: string; runs: number; limitMs?: number }) => {
    log({ event: "begin", seed: options.seed });
    const { runs, failure } = await fuzzBatch(target, { ...options, checksBlocking: fileMs !== undefined });
    log({ event: "end", seed: options.seed, runs, failure: failure && { ...failure, cause: undefined } });
    return failure;
  };
  const raise = ({ message, cause, seed, path }: NonNullable<Awaited<ReturnType<typeof tryBatch>>>) => {
    const again = `npm run fuzz -- --only "${target.name}" --seed ${seed} --path ${path}`;
    throw new Error(`${message}\nAgain: ${again}`, { cause });
  };
  if (fileMs === undefined || seed !== undefined) {
    it(target.name, async () => {
      const runs = seed === undefined ? (target.shortRuns ?? 200) : BATCH_RUNS;
      const failure = await tryBatch({ seed: seed ?? SHORT_SEED, runs, ...(path && { path }) });
      if (failure !== undefined) raise(failure);
    });
    return;
  }
  it(
    target.name,
    async () => {
      const end = performance.now() + fileMs / targets;
      const failures = [];
      while (performance.now() < end && failures.length < MAX_FAILURES) {
        const limitMs = end - performance.now();
        const failure = await tryBatch({
          seed: Math.floor(Math.random() * 2 ** 31),
          runs: BATCH_RUNS,
          limitMs,
        });
        if (failure !== undefined) failures.push(failure);
      }
      if (failures[0] !== undefined) raise(failures[0]);
    },
    fileMs + GRACE_MS,
  );
}
