/** Where a program writes. */
export interface Output {
  write(text: string): unknown;
  /** Whether a person reads it. @default false */
  readonly isTTY?: boolean;
  /** Characters of a line, of a terminal. */
  readonly columns?: number;
}

/** The outside world of a command. */
export interface World {
  /** Results. */
  readonly stdout: Output;
  /** Progress, warnings, errors and logs. */
  readonly stderr: Output;
  readonly env: Record<string, string | undefined>;
}
