/** Where a program writes. */
export interface Output {
  write(text: string | Uint8Array): unknown;
  /** Whether it is a terminal, which a person reads. @default false */
  readonly isTTY?: boolean;
  /** Width of the terminal, in characters. */
  readonly columns?: number;
}

/** Where a program reads. */
export interface Input extends AsyncIterable<Uint8Array | string> {
  /** Whether it is a terminal, on which a person types. @default false */
  readonly isTTY?: boolean;
}

/** The environment of a command: its streams, variables and signals. */
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
