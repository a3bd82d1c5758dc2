/** Where a remote session computes. */
export type Place = "worker thread" | "process";

/** Why a connection ended by itself. */
export interface ConnectionEnd {
  readonly place: Place;
  /** Whether the process was ended because of a pass that was cancelled. All other requests have to be sent again. */
  readonly abandoned?: boolean;
  readonly cause?: unknown;
  readonly exitCode?: number | null;
  /** Signal that ended a process. */
  readonly signal?: string | null;
  /** The end of what a process wrote to its standard error. */
  readonly output?: string;
}

/** Options of {@link Connection.request}. */
export interface RequestOptions {
  /** Whether this process may end before the answer. @default false */
  readonly background?: boolean;
  /**
   * Cancels the request. A request that the session has not begun rejects with the signal's reason; one that it has begun
   * continues.
   */
  readonly signal?: AbortSignal;
}

/** A connection to one remote session, which answers requests in order. It keeps this process alive only while a request is open. */
export interface Connection {
  /** Whether it has ended, by itself or through {@link end}. */
  readonly ended: boolean;
  /** Sends a request. @param fail makes the error to reject with if the answer is an error */
  request<T>(
    kind: string,
    body: unknown,
    fail: (message: string) => Error,
    options?: RequestOptions,
  ): Promise<T>;
  /** Rejects every pending request with `reason` and ends the other side. */
  end(reason: unknown): Promise<void>;
}

/** Starts a remote session. `describeEnd` makes the error with which requests reject if the session ends by itself. */
export type Connect = (describeEnd: (end: ConnectionEnd) => unknown) => Connection;
