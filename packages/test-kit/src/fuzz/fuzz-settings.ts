/** How `npm run fuzz` wants the targets to run: scripts/fuzz.mjs sets the environment. In `npm test` nothing is set. */
export interface FuzzSettings {
  /** Time of all targets of a test file together in ms. Not set: the short form. */
  readonly fileMs?: number;
  /** Part of the names of the targets to run. Not set: all. */
  readonly only?: string;
  /** Replays a failure: the seed and, if known, fast-check's path in it. */
  readonly seed?: number;
  readonly path?: string;
  /** File that takes one line of JSON for each event. */
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
