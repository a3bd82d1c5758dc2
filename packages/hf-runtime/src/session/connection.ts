/** Where a model computes when it does not on the calling thread. */
export type Place = "worker thread" | "process";

/** Why a connection ended without being asked to. */
export interface ConnectionEnd {
  readonly place: Place;
  /** The process was ended because of a pass that was taken back. Questions that were not are to be asked again. */
  readonly abandoned?: boolean;
  readonly cause?: unknown;
  readonly exitCode?: number | null;
  /** Signal that ended a process. */
  readonly signal?: string | null;
  /** The last that a process wrote to its standard error. */
  readonly output?: string;
}

/** Options of {@link Connection.ask}. */
export interface AskOptions {
  /** Whether the process may end without the answer. @default false */
  readonly background?: boolean;
  /**
   * Takes the question back: if it is not begun yet, it is not, and the answer is a rejection with the signal's reason. What is
   * begun goes on.
   */
  readonly signal?: AbortSignal;
}

/** Questions to one session elsewhere, which answers them in order. It keeps this process alive only while a question is open. */
export interface Connection {
  /** Whether it has ended, by itself or because it was asked to. */
  readonly ended: boolean;
  /** @param fail makes the error to reject with when the other side could not do what was asked */
  ask<T>(question: string, body: unknown, fail: (message: string) => Error, options?: AskOptions): Promise<T>;
  /** Rejects every open question with `reason` and ends the other side. */
  end(reason: unknown): Promise<void>;
}

/** Starts a session elsewhere. `describeEnd` makes the error that questions reject with once it has ended by itself. */
export type Connect = (describeEnd: (end: ConnectionEnd) => unknown) => Connection;
