/** Settings of `npm run fuzz`, from environment variables that scripts/fuzz.mjs sets. In `npm test` none is set. */
export interface FuzzSettings {
  /** Time for all targets of a test file together, in ms. Not set: the short form. */
  readonly fileMs?: number;
  /** Runs only targets whose name contains this. Not set: all. */
  readonly only?: string;
  /** Replays a failure: the seed and, if known, fast-check's path in it. */
  readonly seed?: number;
  readonly path?: string;
  /** File to which one line of JSON is written for each event. */
  readonly report?: string;
}

export function fuzzSettings(env: NodeJS.ProcessEnv = process.env): FuzzSettings {
  const number = (value: string | undefined) => (value ? Number(value) : undefined);
  return {
    fileMs: number(env.SECONDPASS_FUZZ_MS),
    only: env.SECONDPASS_FUZZ_ONLY || undefined,
    seed: number(env.SECONDPASS_FUZZ_SEED),
    path: env.SECONDPASS_FUZZ_PATH || undefined,
    report: env.SECONDPASS_FUZZ_REPORT || undefined,
  };
}
