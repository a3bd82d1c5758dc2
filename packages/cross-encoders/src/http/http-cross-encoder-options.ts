import type { ModelKwargs } from "../content-handlers/cross-encoder-content-handler.js";
import type { HttpProtocol } from "./protocols/http-protocol.js";
import type { HttpProtocolName } from "./protocols/http-protocols.js";

/** What is needed of `fetch`: the platform's, undici's with a proxy, or your own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of {@link HttpCrossEncoder}. */
export interface HttpCrossEncoderOptions {
  /**
   * Address of the server ("http://localhost:8080", "https://api.cohere.com/v2") or the whole address. An address that ends with
   * `/rerank`, `/reranking`, `/predict` or `/score` is whole; one that ends with a version (`/v1`) keeps it; to others the protocol's
   * path is added.
   */
  readonly url: string | URL;
  /** What the server speaks: a name, or a protocol of {@link httpProtocols} or your own. */
  readonly protocol: HttpProtocolName | HttpProtocol;
  /** Added to `url` in place of the protocol's path, whatever `url` ends with; "" sends requests to `url` as it is. @default the protocol's */
  readonly path?: string;
  /** Name of the model, for servers that have several. @default none is sent */
  readonly model?: string;
  /**
   * Sent as `Authorization: Bearer KEY`. A function is called for each request, for keys that expire.
   * @default none; for the makers' own addresses COHERE_API_KEY or CO_API_KEY, JINA_API_KEY, VOYAGE_API_KEY, MXBAI_API_KEY
   */
  readonly apiKey?: string | (() => string | Promise<string>);
  /** Added to every request. `authorization` and `apiKey` exclude each other. @default {} */
  readonly headers?: Readonly<Record<string, string>> | Headers;
  /** Logits instead of scores of 0 to 1. For "tei", "tei-predict", "vllm", "vllm-score" and "infinity". @default false */
  readonly rawScores?: boolean;
  /** Fields added to every request, such as `max_tokens_per_doc`. @default {} */
  readonly modelKwargs?: ModelKwargs;
  /** Requests under way at a time, over all calls of this object. Minimum 1. @default 4 */
  readonly maxConcurrency?: number;
  /** Pairs in one request. Minimum 1. @default the protocol's: 100 for Cohere, Jina, Voyage and Mixedbread, 32 for others */
  readonly maxPairsPerRequest?: number;
  /** Bytes (UTF-8) of one request's body. Minimum 1. @default 2_000_000, what Text Embeddings Inference takes */
  readonly maxBytesPerRequest?: number;
  /** More attempts after a first that failed by 408, 425, 429, 5xx or the network; an answer that is cut is one more. 0 for none. @default 2 */
  readonly maxRetries?: number;
  /**
   * Longest `Retry-After` that is waited for, in ms. If the server asks for more, the call fails immediately, and the error's
   * `retryAfterMs` has the time. @default 30_000
   */
  readonly maxRetryAfterMs?: number;
  /**
   * Longest time for one request from when it is first sent, retries, waits between them and halves included, in ms. A
   * whole call may need many requests: bound it with `signal: AbortSignal.timeout(…)`. Minimum 1. @default 60_000
   */
  readonly timeoutMs?: number;
  /** Sends the requests, for example through a proxy. @default the platform's `fetch` */
  readonly fetch?: Fetch;
}

export const DEFAULTS = {
  maxConcurrency: 4,
  maxPairsPerRequest: 32,
  maxBytesPerRequest: 2_000_000,
  maxRetries: 2,
  maxRetryAfterMs: 30_000,
  timeoutMs: 60_000,
} as const;
