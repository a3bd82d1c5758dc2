import { appendFileSync } from "node:fs";
import { it } from "@jest/globals";
import { fuzzBatch } from "./fuzz/fuzz-batch.js";
import { fuzzSettings } from "./fuzz/fuzz-settings.js";
import type { FuzzTarget } from "./fuzz/fuzz-target.js";

/** Seed of the short form: `npm test` tries the same inputs every time. */
const SHORT_SEED = 1;
/** Inputs with one seed in the long form: few enough that a process which is killed in the middle leaves a short search. */
const BATCH_RUNS = 500;
/** Failures after which the long form leaves a target alone: they mostly are the same one. */
const MOST_FAILURES = 3;
/** What a target may take beyond its share, for its last input. */
const GRACE_MS = 60_000;

/** Targets of this test file that run. */
let targets = 0;

/**
 * Makes a test of a door through which hostile input can come: whatever the input, it ends with a result or a SecondpassError. Call it
 * in a `*.fuzz.test.ts`. docs/contributing/add-a-fuzz-target.md says how.
 *
 * - In `npm test`, short: `shortRuns` inputs, the same every time.
 * - In `npm run fuzz`, long: random inputs for the target's share of the time. The caller's thread may not be held for more than 50 ms.
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
  const say = (event: object) => {
    if (report !== undefined)
      appendFileSync(report, `${JSON.stringify({ target: target.name, ...event })}\n`);
  };
  const tryBatch = async (options: { seed: number; path?: string; runs: number; limitMs?: number }) => {
    say({ event: "begin", seed: options.seed });
    const { runs, failure } = await fuzzBatch(target, { ...options, judgesStalls: fileMs !== undefined });
    say({ event: "end", seed: options.seed, runs, failure: failure && { ...failure, cause: undefined } });
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
      while (performance.now() < end && failures.length < MOST_FAILURES) {
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
