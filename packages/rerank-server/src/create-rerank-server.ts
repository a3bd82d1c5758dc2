import type { AddressInfo } from "node:net";
import { checkKnownOptions, delay, InvalidOptionError } from "@secondpass/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import { addObservation, OPEN_PATHS } from "./add-observation.js";
import { ApiKeys } from "./auth/api-keys.js";
import { requireKey } from "./auth/require-key.js";
import { allowOrigins } from "./http/allow-origins.js";
import { answerErrors } from "./http/answer-errors.js";
import { createEdge } from "./http/edge.js";
import { logOptions } from "./log/log-options.js";
import { standardOutput } from "./log/standard-output.js";
import { sagemaker } from "./protocols/sagemaker.js";
import { textEmbeddingsInference } from "./protocols/text-embeddings-inference.js";
import { readLimits } from "./read-limits.js";
import type { ListenOptions, RerankServer } from "./rerank-server.js";
import type { RerankServerOptions } from "./rerank-server-options.js";
import { scoringHandler } from "./scoring-handler.js";
import { RerankService } from "./service/rerank-service.js";
import { loadOpenTelemetry } from "./tracing/load-open-telemetry.js";
import { requestTrace } from "./tracing/request-trace.js";

const OPTIONS = [
  "model",
  "protocols",
  "limits",
  "autoTruncate",
  "apiKeys",
  "openPaths",
  "cors",
  "logLevel",
  "logStream",
  "processMetrics",
] as const satisfies readonly (keyof RerankServerOptions)[];

/** How long requests under way may take once a server closes, in ms. */
const DEFAULT_GRACE_MS = 25_000;
/** Status in logs and metrics of a request whose client left before the answer; nginx's number for it. */
const CLIENT_GONE = 499;

/**
 * Starts an HTTP server that reranks: the routes of its protocols, `GET /ping`, `GET /health` and `GET /metrics`. Refusals are
 * `{"message": text, "detail": text, "error": text, "error_type": type}`, the same text three times.
 *
 * It listens first and loads the model then.
 *
 * @throws {InvalidOptionError} if an option is invalid
 * @throws {UnknownOptionError} if there is no option of that name
 *
 * @example
 * const server = await createRerankServer({ model: (signal) => loadCrossEncoder({ model: "BAAI/bge-reranker-base", signal }) });
 * await server.ready;
 */
export async function createRerankServer(
  options: RerankServerOptions,
  { host = "127.0.0.1", port = 8080 }: ListenOptions = {},
): Promise<RerankServer> {
  checkKnownOptions(options, OPTIONS, "createRerankServer");
  const { model, protocols = [textEmbeddingsInference, sagemaker], autoTruncate = true } = options;
  if (typeof model !== "function" && typeof model?.logits !== "function") {
    throw new InvalidOptionError("model", "a loaded cross-encoder, or a function that loads one", model);
  }
  const limits = readLimits(options.limits);
  const keys = options.apiKeys && new ApiKeys(options.apiKeys);
  const openTelemetry = await loadOpenTelemetry();
  const edge = createEdge(
    limits,
    logOptions(options.logLevel ?? "info", options.logStream ?? standardOutput()),
  );
  const { app } = edge;
  const service = new RerankService(
    { limits, autoTruncate },
    { connections: () => edge.connections.open, transferBytes: () => edge.transfers.bytes },
    options.processMetrics,
  );

  app.addHook("onRequest", async (request, reply) => {
    const { method, headers, routeOptions } = request;
    request.trace = requestTrace({ method, headers, route: routeOptions.url }, openTelemetry);
    // "close" comes after every answer and also when the client leaves without one; fastify's onResponse does not.
    reply.raw.once("close", () => report(service, request, reply));
  });
  await allowOrigins(app, options.cors ?? []);
  if (keys) requireKey(app, keys, options.openPaths ?? OPEN_PATHS);
  const routes = protocols.flatMap((protocol) => protocol.routes);
  for (const { path, payloads } of routes) app.post(path, scoringHandler(edge, service, payloads, limits));
  let isLeaving = false;
  addObservation(app, {
    isHealthy: () => service.isHealthy,
    isReady: () => service.isHealthy && !isLeaving,
    metrics: service.metrics.registry,
  });
  answerErrors(app, [...routes.map(({ path }) => `POST ${path}`), "GET /ping", "GET /metrics"]);

  await app.listen({ host, port });
  const loading = new AbortController();
  const load = async () => {
    const started = performance.now();
    const loaded = typeof model === "function" ? await model(loading.signal) : model;
    service.use(loaded);
    const milliseconds = Math.round(performance.now() - started);
    app.log.info(
      { model: loaded.model, labels: loaded.labels.length, maxLength: loaded.maxLength, milliseconds },
      "ready",
    );
  };
  const ready = load();
  // Whoever does not ask whether the model was loaded sees it in /ping.
  ready.catch(() => undefined);

  let grace = DEFAULT_GRACE_MS;
  let notice: AbortController | undefined;
  let freed: Promise<void> | undefined;
  const free = async () => {
    await ready.catch(() => undefined);
    await service.dispose();
  };
  const address = app.server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    ready,
    metrics: service.metrics.registry,
    async close({ graceMs = DEFAULT_GRACE_MS, noticeMs = 0 } = {}) {
      loading.abort(new Error("The server is closing."));
      isLeaving = true;
      grace = graceMs;
      notice?.abort();
      notice = new AbortController();
      if (noticeMs > 0) await delay(noticeMs, notice.signal).catch(() => undefined);
      await edge.close(grace);
      freed ??= free();
      await freed;
    },
  };
}

/** Counts a request and, unless it is one of many pings, logs it. */
function report(service: RerankService, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? "unknown";
  const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_GONE;
  const milliseconds = Math.round(reply.elapsedTime * 100) / 100;
  service.metrics.requests.inc({ route, status: String(status) });
  service.metrics.requestSeconds.observe({ route }, reply.elapsedTime / 1000);
  const level = request.method === "GET" && status < 500 ? "debug" : "info";
  request.log[level]({ route, status, milliseconds, ...request.scoring, ...request.trace?.ids }, "answered");
  const stages = request.stages?.times() ?? [];
  for (const { stage, startMs, endMs } of stages) {
    service.metrics.stageSeconds.observe({ stage }, (endMs - startMs) / 1000);
  }
  const { kind, pairs } = request.scoring ?? {};
  const attributes = {
    ...(kind && { "secondpass.kind": kind }),
    ...(pairs && { "secondpass.pairs": pairs }),
  };
  request.trace?.end({ status, stages, attributes });
}
