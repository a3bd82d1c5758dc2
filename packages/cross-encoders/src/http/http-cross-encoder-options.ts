import type { ModelKwargs } from "../content-handlers/cross-encoder-content-handler.js";
import type { HttpProtocol } from "./protocols/http-protocol.js";
import type { HttpProtocolName } from "./protocols/http-protocols.js";

/** The part of `fetch` that is used: the platform's, undici's with a proxy, or your own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of {@link HttpCrossEncoder}. */
export interface HttpCrossEncoderOptions {
  /**
   * Address of the server ("http://localhost:8080", "https://api.cohere.com/v2") or the complete address. An address that ends with
   * `/rerank`, `/reranking`, `/predict` or `/score` is complete; one that ends with a version (`/v1`) keeps it; otherwise the protocol's
   * path is added.
   */
  readonly url: string | URL;
  /** Protocol of the server: a name, a protocol of {@link httpProtocols}, or your own. */
  readonly protocol: HttpProtocolName | HttpProtocol;
  /** Path that is added to `url` instead of the protocol's path, whatever `url` ends with; "" sends requests to `url` unchanged. @default the protocol's */
  readonly path?: string;
  /** Name of the model, for servers with several models. @default none is sent */
  readonly model?: string;
  /**
   * Key that is sent as `Authorization: Bearer KEY`. A function is called for each request, for keys that expire.
   * @default none; for the vendors' own addresses COHERE_API_KEY or CO_API_KEY, JINA_API_KEY, VOYAGE_API_KEY, MXBAI_API_KEY
   */
  readonly apiKey?: string | (() => string | Promise<string>);
  /** Headers of every request. `authorization` cannot be combined with `apiKey`. @default {} */
  readonly headers?: Readonly<Record<string, string>> | Headers;
  /** Whether to return logits instead of scores from 0 to 1. For "tei", "tei-predict", "vllm", "vllm-score" and "infinity". @default false */
  readonly rawScores?: boolean;
  /** Fields that are added to every request, such as `max_tokens_per_doc`. @default {} */
  readonly modelKwargs?: ModelKwargs;
  /** Maximum number of parallel requests, over all calls of this object. Minimum 1. @default 4 */
  readonly maxConcurrency?: number;
  /** Maximum number of pairs in one request. Minimum 1. @default the protocol's: 100 for Cohere, Jina, Voyage and Mixedbread, 32 for others */
  readonly maxPairsPerRequest?: number;
  /** Maximum size of one request's body in bytes (UTF-8). Minimum 1. @default 2_000_000, the limit of Text Embeddings Inference */
  readonly maxBytesPerRequest?: number;
  /** Number of retries after a failure by 408, 425, 429, 5xx or the network, and one more for a response that is cut off. 0 for none. @default 2 */
  readonly maxRetries?: number;
  /**
   * Longest wait for `Retry-After`, in ms. If the server requests a longer one, the call fails immediately, and the error's
   * `retryAfterMs` has the time. @default 30_000
   */
  readonly maxRetryAfterMs?: number;
  /**
   * Longest time for one request, including retries, the waits between them and halves, in ms. A
   * whole call may need many requests: bound it with `signal: AbortSignal.timeout(…)`. Minimum 1. @default 60_000
   */
  readonly timeoutMs?: number;
  /** Function that sends the requests, for example through a proxy. @default the platform's `fetch` */
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
