import type { LogStream } from "./log/log-options.js";
import type { Loadable, ModelEntry } from "./models/model-entry.js";
import type { ServedModel } from "./models/served-model.js";
import type { Protocol } from "./protocols/protocol.js";

/** What a server takes on. All may be left out. */
export interface RerankServerLimits {
  /** Bytes of one body, also decompressed; more get 413. Minimum 1. @default 6_291_456, SageMaker's limit */
  readonly bodyBytes?: number;
  /** Pairs or texts of one request; more get 413. Minimum 1. @default 2048, OpenAI's limit; clients for Cohere send 1000 */
  readonly pairsPerRequest?: number;
  /** Requests admitted at a time, the waiting ones counted; more get 429. Minimum 1. @default 512 */
  readonly concurrentRequests?: number;
  /**
   * Tokens that wait or are being computed, estimated as four bytes each and at most the model's length a pair; more get 429. One
   * request is always admitted. Minimum 1. @default 1_048_576
   */
  readonly outstandingTokens?: number;
  /** Bytes of all bodies and unread answers at a time; more get 429, the slowest first. Minimum 1. @default 268_435_456 */
  readonly inflightBytes?: number;
  /** Pairs of one batch made of several requests; 1 leaves every request alone. Minimum 1. @default 64 */
  readonly pairsPerBatch?: number;
  /** Tokens of one batch; between the batches of a large request, others have their turn. Minimum 1. @default 16_384 */
  readonly tokensPerBatch?: number;
  /**
   * Connections at a time. One too many closes the one that has gone the longest without a complete request. Minimum 1. @default 8192,
   * or fewer if the system allows fewer open files
   */
  readonly connections?: number;
  /** Time for a request's headers in ms; slower ones get 408. Minimum 1. @default 10_000 */
  readonly headersMs?: number;
  /** Time for a whole body in ms; slower ones get 408. Minimum 1. @default 60_000 */
  readonly bodyMs?: number;
  /**
   * How long a connection is kept that sends no request, in ms; then it is closed without an answer. Minimum 1. @default 72_000, longer
   * than load balancers keep theirs
   */
  readonly idleMs?: number;
  /** Bytes a second of a body or answer, measured every ten seconds; slower ones end. Minimum 0. @default 1000 */
  readonly minBytesPerSecond?: number;
}

/** How a server is made. */
export interface RerankServerOptions {
  /**
   * A loaded reranker, or a function that loads one. The function is called once the server listens, so that health checks get "not yet"
   * (503) meanwhile; its signal fires if the server closes first. The server disposes of the model when it closes. Short for `models` with
   * one reranker; one of the two is needed.
   */
  readonly model?: Loadable<ServedModel>;
  /**
   * Rerankers and embedders, by name and alias. The first of a kind is its default: it answers requests that name no model, or an unknown
   * one. Each is loaded as `model` is.
   */
  readonly models?: readonly ModelEntry[];
  /** Whether a request that names an unknown model gets 404, instead of the default model's answer. @default false */
  readonly strictModels?: boolean;
  /** What the server speaks. Protocols that share a path share it in this order. @default `allProtocols` */
  readonly protocols?: readonly Protocol[];
  readonly limits?: RerankServerLimits;
  /** Whether pairs that are too long are cut if a request does not say; false refuses them with 413. @default true */
  readonly autoTruncate?: boolean;
  /**
   * Keys of which every request shows one, as `Authorization: Bearer KEY`; others get 401. 1 to 512 visible ASCII characters each.
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
  /** Where log lines go, one JSON object each. @default standard output, without ever waiting for its reader */
  readonly logStream?: LogStream;
  /** Whether `/metrics` also has memory, CPU and event-loop delay of the process; for one server a process. @default false */
  readonly processMetrics?: boolean;
}
