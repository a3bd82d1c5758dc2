import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Metrics of the server, for Prometheus. */
export interface ServerMetrics {
  readonly registry: Registry;
  readonly requests: Counter<"route" | "status">;
  readonly requestSeconds: Histogram<"route">;
  /** Time of requests that score in each stage. */
  readonly stageSeconds: Histogram<"stage">;
  readonly pairs: Counter;
  readonly tokens: Counter;
  readonly batchPairs: Histogram;
  /** Share of the token budget that a batch uses. */
  readonly batchFill: Histogram;
  readonly batchSeconds: Histogram;
  readonly batchFailures: Counter;
}

/** Readings that are taken when the metrics are requested. */
export interface LiveReadings {
  readonly waitingRequests: () => number;
  readonly waitingPairs: () => number;
  readonly admittedRequests: () => number;
  readonly outstandingTokens: () => number;
  readonly connections: () => number;
  readonly transferBytes: () => number;
}

/** Creates the metrics. @param processMetrics also memory, CPU and event-loop delay of the process; only for one server a process */
export function createMetrics(live: LiveReadings, processMetrics = false): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("rerank_queue_requests", "Requests that wait for a batch.", live.waitingRequests);
  gauge("rerank_queue_pairs", "Pairs that wait for a batch.", live.waitingPairs);
  gauge("rerank_admitted_requests", "Running requests, including waiting ones.", live.admittedRequests);
  gauge("rerank_outstanding_tokens", "Tokens waiting or being computed, estimated.", live.outstandingTokens);
  gauge("rerank_connections", "Connections that are open.", live.connections);
  gauge(
    "rerank_transfer_bytes",
    "Bytes held by bodies, including incomplete ones, and by unread answers.",
    live.transferBytes,
  );
  return {
    registry,
    requests: new Counter({
      name: "rerank_requests_total",
      help: "Requests answered, by route and HTTP status.",
      labelNames: ["route", "status"],
      registers,
    }),
    requestSeconds: new Histogram({
      name: "rerank_request_seconds",
      help: "Time from a request's arrival to its answer.",
      labelNames: ["route"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
    stageSeconds: new Histogram({
      name: "rerank_stage_seconds",
      help: "Time of requests that score, by stage: receive, wait, compute, answer.",
      labelNames: ["stage"],
      buckets: [0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
    pairs: new Counter({ name: "rerank_pairs_total", help: "Pairs scored.", registers }),
    tokens: new Counter({
      name: "rerank_tokens_total",
      help: "Tokens of the pairs scored, estimated.",
      registers,
    }),
    batchPairs: new Histogram({
      name: "rerank_batch_pairs",
      help: "Pairs in one batch of the model.",
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    }),
    batchFill: new Histogram({
      name: "rerank_batch_fill",
      help: "Tokens of one batch, estimated, as a share of the maximum.",
      buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
      registers,
    }),
    batchSeconds: new Histogram({
      name: "rerank_batch_seconds",
      help: "Time of the model for one batch.",
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    batchFailures: new Counter({
      name: "rerank_batch_failures_total",
      help: "Batches at which the model failed.",
      registers,
    }),
  };
}
