/** Where a program writes. */
export interface Output {
  write(text: string | Uint8Array): unknown;
  /** Whether a person reads it. @default false */
  readonly isTTY?: boolean;
  /** Characters of a line, of a terminal. */
  readonly columns?: number;
}

/** Where a program reads. */
export interface Input extends AsyncIterable<Uint8Array | string> {
  /** Whether a person types it. @default false */
  readonly isTTY?: boolean;
}

/** The outside world of a command. */
export interface World {
  /** Results. */
  readonly stdout: Output;
  /** Progress, warnings, errors and logs. */
  readonly stderr: Output;
  readonly env: Record<string, string | undefined>;
  /** What is piped in. @default nothing */
  readonly stdin?: Input;
  /** Ends the command, as Ctrl-C does. @default the signals of the process */
  readonly signal?: AbortSignal;
}
