import { delay } from "@secondpass/core";
import { HubNetworkError } from "../errors/hub-network-error.js";
import type { HubSettings } from "./hub-settings.js";

export interface HubRequest {
  readonly method?: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Whether to try again when the hub cannot be reached. @default true */
  readonly patient?: boolean;
}

/** An answer with the clock on its body still running. */
export interface HubResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Next bytes, or undefined at the end. @throws HubNetworkError when they are cut off or do not come in time */
  read(): Promise<Uint8Array | undefined>;
  /** Ends the answer unread. */
  cancel(): Promise<void>;
}

const MAX_REDIRECTS = 10;
const MAX_ATTEMPTS = 5;
const MAX_RETRY_DELAY_MS = 30_000;
/** Too many requests, and the answers of servers and proxies in passing trouble. */
const WORTH_RETRYING = new Set([408, 429, 500, 502, 503, 504]);

/** Speaks HTTP to one hub: the token for its own host only, redirects by hand, retries, a clock on every wait. */
export class HubClient {
  readonly host: string;
  private readonly origin: string;

  constructor(private readonly settings: HubSettings) {
    const url = new URL(settings.endpoint);
    this.origin = url.origin;
    this.host = settings.endpoint;
  }

  /**
   * Sends a request, again after a pause while the trouble looks passing. Answers of 4xx come back as they are.
   * @param path path below the endpoint, with a slash in front
   * @throws HubNetworkError when the hub cannot be reached or keeps answering 429 or 5xx
   */
  async request(path: string, request: HubRequest = {}): Promise<HubResponse> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= MAX_ATTEMPTS;
      const outcome = await this.follow(path, request).catch((error: unknown) => {
        // One with a status is an answer that stays the same, such as a redirect to nowhere.
        const passing = error instanceof HubNetworkError && error.status === undefined;
        if (last || !passing || request.patient === false) throw error;
        return undefined;
      });
      if (outcome && !WORTH_RETRYING.has(outcome.status)) return outcome;
      await outcome?.cancel();
      if (outcome && last) throw this.failure(`answered ${outcome.status}`, outcome.status);
      await this.pause(attempt, outcome?.headers.get("retry-after"), request.signal);
    }
  }

  /** Pause before the next attempt: what the hub asks for, else doubling with some chance in it. */
  async pause(
    attempt: number,
    retryAfter: string | null | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const doubling = this.settings.retryDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random());
    await delay(Math.min(parseRetryAfter(retryAfter) ?? doubling, MAX_RETRY_DELAY_MS), signal);
  }

  private failure(problem: string, status?: number, cause?: unknown): HubNetworkError {
    return new HubNetworkError(this.host, problem, status, cause === undefined ? undefined : { cause });
  }

  private async follow(path: string, request: HubRequest): Promise<HubResponse> {
    let url = new URL(this.settings.endpoint + path);
    let status = 0;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await this.send(url, request);
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || !location) return response;
      const next = this.redirectTarget(location, url, response.status);
      // The answer before the jump to a content network carries the file's hash and size; the one after does not.
      if (request.method === "HEAD" && next.origin !== this.origin && response.headers.has("x-linked-etag")) {
        return response;
      }
      await response.cancel();
      ({ status } = response);
      url = next;
    }
    throw this.failure(`redirected more than ${MAX_REDIRECTS} times`, status);
  }

  /** @throws HubNetworkError for what is no address of a web server, such as `file:///etc/passwd` */
  private redirectTarget(location: string, from: URL, status: number): URL {
    const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
    if (target?.protocol === "https:" || target?.protocol === "http:") return target;
    throw this.failure(`redirected to ${JSON.stringify(location)}, which is no web address`, status);
  }

  private async send(url: URL, request: HubRequest): Promise<HubResponse> {
    request.signal?.throwIfAborted();
    const clock = new Clock(this.settings.timeoutMs, request.signal);
    const explain = (error: unknown): unknown => {
      request.signal?.throwIfAborted();
      if (error instanceof HubNetworkError) return error;
      if (clock.ranOut)
        return this.failure(`sent nothing for ${this.settings.timeoutMs / 1000} s`, undefined, error);
      return this.failure(`could not be reached (${describeCause(error)})`, undefined, error);
    };
    try {
      const response = await this.settings.fetch(url, {
        method: request.method ?? "GET",
        headers: this.headers(url, request.headers),
        redirect: "manual",
        signal: clock.signal,
      });
      const reader = response.body?.getReader();
      return {
        status: response.status,
        headers: response.headers,
        read: async () => {
          clock.restart();
          try {
            const result = await reader?.read();
            if (result && !result.done) return result.value;
          } catch (error) {
            throw explain(error);
          } finally {
            clock.stop();
          }
          return undefined;
        },
        cancel: async () => {
          clock.stop();
          await reader?.cancel().catch(() => {}); // Already broken: nothing left to end.
        },
      };
    } catch (error) {
      throw explain(error);
    } finally {
      clock.stop();
    }
  }

  private headers(url: URL, extra: HubRequest["headers"]): Record<string, string> {
    const headers: Record<string, string> = {
      // Compressed answers would make sizes and ranges mean something else.
      "accept-encoding": "identity",
      "user-agent": "secondpass-hf-runtime",
      ...extra,
    };
    if (this.settings.token && url.origin === this.origin) {
      headers.authorization = `Bearer ${this.settings.token}`;
    }
    return headers;
  }
}

/** Aborts when nothing has happened for a while, or when the caller aborts. */
class Clock {
  ranOut = false;
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limitMs: number,
    outer: AbortSignal | undefined,
  ) {
    this.signal = outer ? AbortSignal.any([outer, this.controller.signal]) : this.controller.signal;
    this.restart();
  }

  restart(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.ranOut = true;
      this.controller.abort();
    }, this.limitMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

/** Seconds, or a date; undefined where neither. */
function parseRetryAfter(value: string | null | undefined): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** fetch says only "fetch failed"; the reason (ECONNREFUSED, ENOTFOUND…) is in its cause. */
function describeCause(error: unknown): string {
  const { cause, message } = error as { readonly cause?: unknown; readonly message?: string };
  const reason = (cause ?? error) as { readonly code?: string; readonly message?: string };
  // Several addresses tried in vain: an AggregateError with a code and no message.
  return reason.message || reason.code || message || String(error);
}
