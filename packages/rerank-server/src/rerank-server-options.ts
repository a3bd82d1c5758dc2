import type { LogStream } from "./log/log-options.js";
import type { Loadable, ModelEntry } from "./models/model-entry.js";
import type { ServedModel } from "./models/served-model.js";
import type { Protocol } from "./protocols/protocol.js";

/** Limits of a server. All are optional. */
export interface RerankServerLimits {
  /** Bytes of one body, also decompressed; more get 413. Minimum 1. @default 6_291_456, SageMaker's limit */
  readonly bodyBytes?: number;
  /** Pairs or texts of one request; more get 413. Minimum 1. @default 2048, OpenAI's limit; clients for Cohere send 1000 */
  readonly pairsPerRequest?: number;
  /** Requests admitted at a time, including waiting ones; more get 429. Minimum 1. @default 512 */
  readonly concurrentRequests?: number;
  /**
   * Tokens waiting or being computed, estimated as four bytes each and at most the model's length a pair; more get 429. One
   * request is always admitted. Minimum 1. @default 1_048_576
   */
  readonly outstandingTokens?: number;
  /** Bytes of all bodies and unread answers at a time; more get 429, the slowest first. Minimum 1. @default 268_435_456 */
  readonly inflightBytes?: number;
  /** Pairs in a batch that combines several requests; with 1, requests are not combined. Minimum 1. @default 64 */
  readonly pairsPerBatch?: number;
  /** Tokens of one batch; between the batches of a large request, others get their turn. Minimum 1. @default 16_384 */
  readonly tokensPerBatch?: number;
  /**
   * Connections at a time. If there is one too many, the one that has been without a complete request for the longest time is closed.
   * Minimum 1. @default 8192, or fewer if the system allows fewer open files
   */
  readonly connections?: number;
  /** Time for a request's headers in ms; slower ones get 408. Minimum 1. @default 10_000 */
  readonly headersMs?: number;
  /** Time for a whole body in ms; slower ones get 408. Minimum 1. @default 60_000 */
  readonly bodyMs?: number;
  /**
   * How long an idle connection is kept, in ms; then it is closed without an answer. Minimum 1. @default 72_000, longer
   * than load balancers keep theirs
   */
  readonly idleMs?: number;
  /** Bytes a second of a body or answer, measured every ten seconds; slower ones end. Minimum 0. @default 1000 */
  readonly minBytesPerSecond?: number;
}

/** Options of a server. */
export interface RerankServerOptions {
  /**
   * A loaded reranker, or a function that loads one. The function is called once the server listens, so that health checks get 503
   * meanwhile; its signal aborts if the server closes first. The server frees the model when it closes. Short for `models` with
   * one reranker; one of the two is needed.
   */
  readonly model?: Loadable<ServedModel>;
  /**
   * Rerankers and embedders, by name and alias. The first of a kind is its default: it answers requests that name no model, or an unknown
   * one. Each is loaded like `model`.
   */
  readonly models?: readonly ModelEntry[];
  /** Whether a request that names an unknown model gets 404, instead of the default model's answer. @default false */
  readonly strictModels?: boolean;
  /** Protocols of the server. On a shared path, the first protocol that matches a body reads it. @default `allProtocols` */
  readonly protocols?: readonly Protocol[];
  readonly limits?: RerankServerLimits;
  /** Whether too long pairs are cut if a request does not say; false rejects them with 413. @default true */
  readonly autoTruncate?: boolean;
  /**
   * Keys. Every request must show one of them as `Authorization: Bearer KEY`; others get 401. 1 to 512 visible ASCII characters each.
   * @default none: no request needs a key
   */
  readonly apiKeys?: readonly string[];
  /**
   * Paths that may be read (GET, HEAD) without a key. @default "/", "/health", "/ping", "/ready", "/live", "/metrics", "/docs",
   * "/openapi.json"
   */
  readonly openPaths?: readonly string[];
  /**
   * Origins whose pages may read answers (CORS), such as "https://example.org"; "*" for all. @default none
   */
  readonly cors?: readonly string[];
  /** "trace" … "fatal", "silent". No level logs texts, headers or query strings. @default "info" */
  readonly logLevel?: string;
  /** Destination of log lines, one JSON object each. @default standard output, without waiting for its reader */
  readonly logStream?: LogStream;
  /** Whether `/metrics` also has memory, CPU and event-loop delay of the process; for one server a process. @default false */
  readonly processMetrics?: boolean;
}
