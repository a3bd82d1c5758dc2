import type { AddressInfo } from "node:net";
import {
  checkBoolean,
  checkKnownOptions,
  delay,
  raceWithSignal,
  withHandledRejection,
} from "@secondpass/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import { addObservation, OPEN_PATHS } from "./add-observation.js";
import { ApiKeys } from "./auth/api-keys.js";
import { requireKey } from "./auth/require-key.js";
import { allowOrigins } from "./http/allow-origins.js";
import { answerErrors } from "./http/answer-errors.js";
import { createEdge, type Edge } from "./http/edge.js";
import { logOptions } from "./log/log-options.js";
import { standardOutput } from "./log/standard-output.js";
import { modelHandler } from "./model-handler.js";
import { docsPage } from "./openapi/docs-page.js";
import { type OpenapiDocument, openapiDocument } from "./openapi/openapi-document.js";
import { OWN_INFO_ROUTES } from "./openapi/own-info-routes.js";
import type { ServerFacts } from "./protocols/protocol.js";
import { infoRouteTable, routeTable } from "./protocols/route-table.js";
import { readLimits } from "./read-limits.js";
import { readModels } from "./read-models.js";
import { readPlace } from "./read-place.js";
import { readProtocols } from "./read-protocols.js";
import type { ListenOptions, RerankServer } from "./rerank-server.js";
import type { RerankServerOptions } from "./rerank-server-options.js";
import type { ModelEngine } from "./service/model-engine.js";
import { RerankService } from "./service/rerank-service.js";
import { loadOpenTelemetry } from "./tracing/load-open-telemetry.js";
import { requestTrace } from "./tracing/request-trace.js";

const OPTIONS = [
  "model",
  "models",
  "strictModels",
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

/** How long running requests may take once a server closes, in ms. */
const DEFAULT_GRACE_MS = 25_000;
/** How long a loader may take to end after the last request has ended and its signal has aborted, in ms. */
const LOADERS_END_MS = 1000;
/** Status in logs and metrics of a request whose client left before the answer; nginx's number for it. */
const CLIENT_GONE = 499;

/**
 * Starts an HTTP server that reranks: the routes of its protocols, `GET /ping`, `GET /health` and `GET /metrics`. Errors are
 * answered as `{"message": text, "detail": text, "error": text, "error_type": type}`, with the same text three times.
 *
 * It listens first, and then loads the models.
 *
 * @throws {InvalidOptionError} if an option is invalid
 * @throws {UnknownOptionError} if an option is unknown
 *
 * @example
 * const server = await createRerankServer({ model: (signal) => loadCrossEncoder({ model: "BAAI/bge-reranker-base", signal }) });
 * await server.ready;
 */
export async function createRerankServer(
  options: RerankServerOptions,
  place: ListenOptions = {},
): Promise<RerankServer> {
  checkKnownOptions(options, OPTIONS, "createRerankServer");
  const { autoTruncate = true, strictModels = false, processMetrics = false } = options ?? {};
  checkBoolean("autoTruncate", autoTruncate);
  checkBoolean("strictModels", strictModels);
  checkBoolean("processMetrics", processMetrics);
  const { host, port } = readPlace(place);
  const entries = readModels(options ?? {});
  const protocols = readProtocols(options.protocols);
  const limits = readLimits(options.limits);
  const keys = options.apiKeys && new ApiKeys(options.apiKeys);
  const openTelemetry = await loadOpenTelemetry();
  const edge = createEdge(
    limits,
    logOptions(options.logLevel ?? "info", options.logStream ?? standardOutput()),
  );
  const { app } = edge;
  const service = new RerankService(
    { limits, autoTruncate, strictModels },
    entries,
    { connections: () => edge.connections.open, transferBytes: () => edge.transfers.bytes },
    processMetrics,
  );

  app.addHook("onRequest", async (request, reply) => {
    const { method, headers, routeOptions } = request;
    request.trace = requestTrace({ method, headers, route: routeOptions.url }, openTelemetry);
    // "close" fires after every answer, and also if the client leaves without one; fastify's onResponse does not.
    reply.raw.once("close", () => report(service, request, reply));
  });
  await allowOrigins(app, options.cors ?? []);
  if (keys) requireKey(app, keys, options.openPaths ?? OPEN_PATHS);
  const routes = routeTable(protocols);
  const infoRoutes = infoRouteTable(protocols);
  for (const route of routes) app.post(route.path, modelHandler(edge, service, route, limits));
  for (const { path, answer } of infoRoutes) {
    app.get(path, async (request) => answer(serverFacts(service), restOf(request)));
  }
  addDescription(edge, openapiDocument(routes, [...infoRoutes, ...OWN_INFO_ROUTES]));
  let isLeaving = false;
  addObservation(app, {
    isHealthy: () => service.isHealthy,
    isReady: () => service.isHealthy && !isLeaving,
    metrics: service.metrics.registry,
  });
  answerErrors(app, [
    ...routes.map(({ path }) => `POST ${path}`),
    ...infoRoutes.map(({ path }) => `GET ${path}`),
    ...["/openapi.json", "/docs", "/ping", "/metrics"].map((path) => `GET ${path}`),
  ]);

  await app.listen({ host, port });
  const loading = new AbortController();
  const givenUp = new AbortController();
  const load = async (engine: ModelEngine) => {
    const started = performance.now();
    await engine.load(loading.signal);
    const { model, facts, name } = engine;
    const milliseconds = Math.round(performance.now() - started);
    app.log.info(
      { model: name, labels: facts.labels.length, maxLength: model.maxLength, milliseconds },
      "ready",
    );
  };
  const loads = Promise.allSettled(service.models.entries.map(load));
  // Callers that do not await `ready` see the failure in /ping.
  const ready = withHandledRejection(
    raceWithSignal(loads, givenUp.signal).then((results) => {
      const failed = results.find(({ status }) => status === "rejected");
      if (failed?.status === "rejected") throw failed.reason;
    }),
  );

  let grace = DEFAULT_GRACE_MS;
  let notice: AbortController | undefined;
  let freed: Promise<void> | undefined;
  const free = async () => {
    // Do not wait for a loader that ignores its signal. Its model is freed once it is loaded.
    const timer = setTimeout(() => givenUp.abort(loading.signal.reason), LOADERS_END_MS);
    await ready.catch(() => undefined);
    clearTimeout(timer);
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

/** Adds the description of the routes, for programs and for people. */
function addDescription({ app }: Edge, document: OpenapiDocument): void {
  const text = JSON.stringify(document);
  const page = docsPage(document);
  app.get("/openapi.json", (_request, reply) => reply.type("application/json").send(text));
  app.get("/docs", (_request, reply) =>
    reply
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .type("text/html; charset=utf-8")
      .send(page),
  );
}

/** Collects the facts that the server's own routes report. */
function serverFacts({ models, settings }: RerankService): ServerFacts {
  return {
    models: models.entries.map((engine) => {
      const { name, aliases, kind, state, created } = engine;
      const isReady = state === "ready";
      const maxLength = isReady ? engine.model.maxLength : Number.POSITIVE_INFINITY;
      return {
        name,
        aliases,
        kind,
        state,
        created,
        maxLength: Number.isFinite(maxLength) ? maxLength : undefined,
        labels: isReady ? engine.facts.labels : [],
      };
    }),
    autoTruncate: settings.autoTruncate,
    limits: settings.limits,
  };
}

/** Returns the part of the path that matches "*" in the route. */
function restOf({ params }: FastifyRequest): string {
  return String((params as Readonly<Record<string, string | undefined>>)["*"] ?? "");
}

/** Counts a request and logs it; successful health checks only at the level debug. */
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
