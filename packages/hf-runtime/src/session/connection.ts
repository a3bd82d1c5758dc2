/** Where a remote session computes. */
export type Place = "worker thread" | "process";

/** Why a connection ended by itself. */
export interface ConnectionEnd {
  readonly place: Place;
  /** Whether the process was ended because of a pass that was taken back. All other questions have to be sent again. */
  readonly abandoned?: boolean;
  readonly cause?: unknown;
  readonly exitCode?: number | null;
  /** Signal that ended a process. */
  readonly signal?: string | null;
  /** The end of what a process wrote to its standard error. */
  readonly output?: string;
}

/** Options of {@link Connection.ask}. */
export interface AskOptions {
  /** Whether this process may end before the answer. @default false */
  readonly background?: boolean;
  /**
   * Takes the question back (cancels it). A question that the session has not begun rejects with the signal's reason; one that it has begun
   * continues.
   */
  readonly signal?: AbortSignal;
}

/** A connection to one remote session, which answers questions in order. It keeps this process alive only while a question is open. */
export interface Connection {
  /** Whether it has ended, by itself or through {@link end}. */
  readonly ended: boolean;
  /** Sends a question. @param fail makes the error to reject with if the answer is an error */
  ask<T>(question: string, body: unknown, fail: (message: string) => Error, options?: AskOptions): Promise<T>;
  /** Rejects every open question with `reason` and ends the other side. */
  end(reason: unknown): Promise<void>;
}

/** Starts a remote session. `describeEnd` makes the error with which questions reject if the session ends by itself. */
export type Connect = (describeEnd: (end: ConnectionEnd) => unknown) => Connection;
