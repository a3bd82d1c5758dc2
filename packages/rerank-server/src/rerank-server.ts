import type { Registry } from "prom-client";

/** A running server. */
export interface RerankServer {
  /** "http://HOST:PORT", with the actual port. */
  readonly url: string;
  /** Resolves when all models are loaded; rejects if one cannot be loaded. */
  readonly ready: Promise<void>;
  /** The metrics that `/metrics` returns. */
  readonly metrics: Registry;
  /**
   * Accepts no more requests, answers running ones, and frees the models. A second call changes the grace period of the first.
   *
   * @param options.noticeMs time in ms before that, in which requests are still accepted and only `/ready` answers 503, so that load
   * balancers switch to other servers first. Minimum 0. @default 0
   * @param options.graceMs time in ms for running requests; then they get 503. Minimum 0. @default 25_000
   */
  close(options?: { readonly graceMs?: number; readonly noticeMs?: number }): Promise<void>;
}

/** Host and port of a server. */
export interface ListenOptions {
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** 0 takes a free one. @default 8080 */
  readonly port?: number;
}
