/** Options of one call of a splitter. */
export interface SplitOptions {
  /** Ends the call: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Names of the options of a call. */
export const SPLIT_OPTIONS = ["signal"] as const satisfies readonly (keyof SplitOptions)[];
