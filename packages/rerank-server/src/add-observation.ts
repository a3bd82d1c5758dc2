import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Registry } from "prom-client";
import { RequestError } from "./errors/request-error.js";
import { errorBody } from "./http/answer-errors.js";

/** State of a server for health checks and metrics. */
export interface Observed {
  /** Whether the models are loaded and work. */
  readonly isHealthy: () => boolean;
  /** Whether the server accepts requests: healthy, and not about to close. */
  readonly isReady: () => boolean;
  readonly metrics: Registry;
}

/** Paths that need no key by default: for health checks, load balancers and Prometheus, which have none, and for people. */
export const OPEN_PATHS: readonly string[] = [
  "/",
  "/health",
  "/ping",
  "/ready",
  "/live",
  "/metrics",
  "/docs",
  "/openapi.json",
];

/** Adds the routes for health checks and metrics. They are answered also while the server rejects other requests as too many. */
export function addObservation(app: FastifyInstance, { isHealthy, isReady, metrics }: Observed): void {
  const answer = (isOk: () => boolean, status: string, message: string) => {
    return (_request: FastifyRequest, reply: FastifyReply) =>
      isOk()
        ? reply.send({ status })
        : reply.code(503).send(errorBody(new RequestError("unavailable", message)));
  };
  const health = answer(isHealthy, "ready", "The model is not ready.");
  app.get("/ping", health);
  app.get("/health", health);
  app.get("/", health);
  app.get("/ready", answer(isReady, "ready", "The server accepts no requests."));
  app.get("/live", (_request, reply) => reply.send({ status: "live" }));
  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}
