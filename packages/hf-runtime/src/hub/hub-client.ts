import { delay, describeValue, raceWithSignal, retryAfter } from "@secondpass/core";
import { HubNetworkError } from "../errors/hub-network-error.js";
import type { HubSettings } from "./hub-settings.js";
import { StallClock } from "./stall-clock.js";

export interface HubRequest {
  readonly method?: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Whether to try again if the hub cannot be reached. @default true */
  readonly patient?: boolean;
}

/** A response whose body is not read yet. Each read of it has a time limit. */
export interface HubResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Next bytes, or undefined at the end. @throws HubNetworkError if they are cut off or do not arrive in time */
  read(): Promise<Uint8Array | undefined>;
  /** Closes the response without reading the rest. */
  cancel(): Promise<void>;
}

const MAX_REDIRECTS = 10;
const MAX_ATTEMPTS = 5;
const MAX_RETRY_DELAY_MS = 30_000;
/** Status codes of too many requests and of temporary problems of servers and proxies. */
const WORTH_RETRYING = new Set([408, 429, 500, 502, 503, 504]);

/** HTTP client of one hub. It sends the token to the hub's own host only, follows redirects itself, retries, and limits every wait. */
export class HubClient {
  readonly host: string;
  private readonly origin: string;

  constructor(private readonly settings: HubSettings) {
    const url = new URL(settings.endpoint);
    this.origin = url.origin;
    this.host = settings.endpoint;
  }

  /**
   * Sends a request, and sends it again after a pause if the problem looks temporary. Responses with 4xx are returned as they are.
   * @param path path below the endpoint, with a slash in front
   * @throws HubNetworkError if the hub cannot be reached or keeps answering 429 or 5xx
   */
  async request(path: string, request: HubRequest = {}): Promise<HubResponse> {
    return (await this.attempt(path, request, async () => "")).response;
  }

  /**
   * Requests a text. If the response is cut off, the whole text is requested again.
   * @param maxBytes maximum size of the unpacked text
   * @returns the response and its text, which is "" for other statuses than 200
   * @throws HubNetworkError as {@link request} does, and if the text is longer
   */
  async requestText(
    path: string,
    maxBytes: number,
    request: HubRequest = {},
  ): Promise<{ readonly response: HubResponse; readonly text: string }> {
    const { response, value } = await this.attempt(path, request, async (answer) => {
      if (answer.status === 200) return this.readText(answer, path, maxBytes);
      await answer.cancel();
      return "";
    });
    return { response, text: value };
  }

  /** Sends a request and reads the response; repeats both if the problem looks temporary. */
  private async attempt<T>(
    path: string,
    request: HubRequest,
    read: (response: HubResponse) => Promise<T>,
  ): Promise<{ readonly response: HubResponse; readonly value: T }> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= MAX_ATTEMPTS;
      let header: string | null | undefined;
      try {
        const response = await this.follow(path, request);
        if (!WORTH_RETRYING.has(response.status)) return { response, value: await read(response) };
        await response.cancel();
        if (last) throw this.failure(`answered ${response.status}`, response.status);
        header = response.headers.get("retry-after");
      } catch (error) {
        // An error with a status is a response that stays the same, such as a redirect to an invalid address.
        const passing = error instanceof HubNetworkError && error.status === undefined;
        if (last || !passing || request.patient === false) throw error;
      }
      await this.pause(attempt, header, request.signal);
    }
  }

  private async readText(response: HubResponse, path: string, maxBytes: number): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for (let chunk = await response.read(); chunk; chunk = await response.read()) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        await response.cancel();
        throw this.failure(`answered ${path} with more than ${maxBytes} bytes`, response.status);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  }

  /** Waits before the next attempt: as long as the hub requests, else twice as long each time, with some randomness. */
  async pause(
    attempt: number,
    header: string | null | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const doubling = this.settings.retryDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random());
    await delay(Math.min(retryAfter(header) ?? doubling, MAX_RETRY_DELAY_MS), signal);
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
      // The response that redirects to a content network has the file's hash and size; the one from there does not.
      if (request.method === "HEAD" && next.origin !== this.origin && response.headers.has("x-linked-etag")) {
        return response;
      }
      await response.cancel();
      ({ status } = response);
      url = next;
    }
    throw this.failure(`redirected more than ${MAX_REDIRECTS} times`, status);
  }

  /** @throws HubNetworkError if the target is not a web address (such as `file:///etc/passwd`), or is http after https */
  private redirectTarget(location: string, from: URL, status: number): URL {
    const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
    const isDowngrade = from.protocol === "https:" && target?.protocol === "http:";
    if (isDowngrade) throw this.failure(`redirected from https to ${describeValue(location)}`, status);
    if (target?.protocol === "https:" || target?.protocol === "http:") return target;
    throw this.failure(`redirected to ${describeValue(location)}, which is not a web address`, status);
  }

  private async send(url: URL, request: HubRequest): Promise<HubResponse> {
    request.signal?.throwIfAborted();
    const clock = new StallClock(this.settings.timeoutMs, request.signal);
    clock.start();
    const explain = (error: unknown): unknown => {
      request.signal?.throwIfAborted();
      if (error instanceof HubNetworkError) return error;
      if (clock.ranOut)
        return this.failure(`sent next to nothing for ${this.settings.timeoutMs / 1000} s`, undefined, error);
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
          clock.start();
          let bytes = 0;
          try {
            // If a body is not packed as its headers say, fetch's own promise never settles, even when its signal aborts.
            const result = reader && (await raceWithSignal(reader.read(), clock.signal));
            if (!result || result.done) return undefined;
            bytes = result.value.length;
            return result.value;
          } catch (error) {
            throw explain(error);
          } finally {
            clock.stop(bytes);
          }
        },
        cancel: async () => {
          // Not awaited: for a packed body that is cut off, it never settles. After a complete read there is nothing to cancel.
          reader?.cancel().catch(() => {});
          clock.abort();
        },
      };
    } catch (error) {
      throw explain(error);
    } finally {
      clock.stop();
      clock.reset();
    }
  }

  private headers(url: URL, extra: HubRequest["headers"]): Record<string, string> {
    const headers: Record<string, string> = {
      // In compressed responses, sizes and ranges would have another meaning.
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

/** The reason of an error (ECONNREFUSED, ENOTFOUND…). fetch's own message is only "fetch failed"; the reason is in its cause. */
function describeCause(error: unknown): string {
  const { cause, message } = error as { readonly cause?: unknown; readonly message?: string };
  const reason = (cause ?? error) as { readonly code?: string; readonly message?: string };
  // If several addresses failed, this is an AggregateError with a code and no message.
  return reason.message || reason.code || message || String(error);
}
