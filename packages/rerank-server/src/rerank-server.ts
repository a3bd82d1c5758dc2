import type { Registry } from "prom-client";

/** A server that runs. */
export interface RerankServer {
  /** "http://HOST:PORT", with the port that was really taken. */
  readonly url: string;
  /** Settles when the model is loaded; rejects if it cannot be. */
  readonly ready: Promise<void>;
  /** What `/metrics` answers. */
  readonly metrics: Registry;
  /**
   * Takes no more requests, answers those under way, frees the model. A second call shortens or lengthens the grace of the first.
   *
   * @param options.noticeMs time before that in which requests are still taken and only `/ready` answers 503, in ms, so that load
   * balancers go elsewhere first. Minimum 0. @default 0
   * @param options.graceMs time for requests under way in ms; then they get 503. Minimum 0. @default 25_000
   */
  close(options?: { readonly graceMs?: number; readonly noticeMs?: number }): Promise<void>;
}

/** Where a server listens. */
export interface ListenOptions {
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** 0 takes a free one. @default 8080 */
  readonly port?: number;
}
