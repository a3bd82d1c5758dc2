import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { RequestError } from "../errors/request-error.js";
import type { Admission } from "./admission.js";
import { answerErrors } from "./answer-errors.js";
import type { Payload } from "./payloads/payload.js";
import { ALL_PAYLOADS, readPayload } from "./payloads/read-payload.js";
import { teiRerank } from "./payloads/tei-rerank.js";
import type { RerankService } from "./rerank-service.js";

/** How the HTTP side of a server is made. */
export interface ServerOptions {
  /** @default "info" */
  readonly logLevel?: string;
  /** Where log lines go. @default standard output */
  readonly logStream?: { write(line: string): void };
}

declare module "fastify" {
  interface FastifyRequest {
    /** What the request turned out to be, for its log line. */
    scoring?: { readonly kind: string; readonly pairs: number };
  }
}

/** A whole body must have come after this time; SageMaker gives up on the answer then. */
const REQUEST_TIMEOUT_MS = 60_000;

/** What an answer in JSON satisfies. */
const ACCEPTABLE = ["application/json", "application/*", "*/*"];

/**
 * The HTTP side of a rerank service: SageMaker's `GET /ping` and `POST /invocations`, Text Embeddings Inference's
 * `POST /rerank`, and `GET /metrics`. Refusals are `{"error": message, "error_type": type}`.
 */
export function createServer(service: RerankService, options: ServerOptions = {}): FastifyInstance {
  const app = fastify({
    bodyLimit: service.settings.limits.bodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // One line a request is enough; it is written below, with what matters here.
    logController: new LogController({ disableRequestLogging: true }),
    logger: { level: options.logLevel ?? "info", stream: options.logStream },
  });
  // A body in anything but JSON is 415, text included.
  app.removeContentTypeParser("text/plain");
  answerErrors(app);
  // "close" comes after every answer and also when the client leaves without one; fastify's onResponse does not.
  app.addHook("onRequest", async (request, reply) => {
    reply.raw.once("close", () => report(service, request, reply));
  });

  endConnectionsOnClose(app, service.admission);

  const health = (_request: FastifyRequest, reply: FastifyReply) =>
    service.isHealthy
      ? reply.send({ status: "ready" })
      : reply.code(503).send({ error: "The model is not ready.", error_type: "unavailable" });
  app.get("/ping", health);
  app.get("/health", health);
  app.get("/metrics", async (_request, reply) =>
    reply.type(service.metrics.registry.contentType).send(await service.metrics.registry.metrics()),
  );

  const scoring = (payloads: readonly Payload[]) => ({
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      checkAccept(request.headers.accept);
      // Without a length, the most that the body limit lets through.
      const bytes = Number(request.headers["content-length"] ?? service.settings.limits.bodyBytes);
      reply.raw.once("close", service.admission.enter(bytes));
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { kind, request: asked } = readPayload(request.body, service.model, payloads);
      request.scoring = { kind, pairs: asked.pairs.length };
      return reply
        .type("application/json")
        .send(JSON.stringify(await service.answer(asked, goneSignal(reply))));
    },
  });
  app.post("/invocations", scoring(ALL_PAYLOADS));
  app.post("/rerank", scoring([teiRerank]));

  return app;
}

/** How often a closing server looks whether connections are left that nobody needs. */
const IDLE_CHECK_MS = 50;

/**
 * While the server closes, every answer ends its connection: one that was busy when the closing began would else stay
 * open, idle, and hold the closing up until its keep-alive time is over. So would one that never sent a request, which
 * Node does not count among the idle; once no request is under way, all are ended.
 */
function endConnectionsOnClose(app: FastifyInstance, admission: Admission): void {
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
    const timer = setInterval(() => {
      if (admission.requests === 0) app.server.closeAllConnections();
    }, IDLE_CHECK_MS);
    app.server.once("close", () => clearInterval(timer));
  });
  app.addHook("onSend", async (_request, reply) => {
    if (isClosing) reply.header("connection", "close");
  });
}

/** Fires when nobody waits for the answer any more. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableEnded)
      controller.abort(new RequestError("unavailable", "The client has gone away."));
  });
  return controller.signal;
}

/** @throws {RequestError} 406 unless the client takes JSON */
function checkAccept(accept: string | undefined): void {
  if (!accept) return;
  const types = accept.split(",").map((part) => part.split(";")[0]?.trim().toLowerCase() ?? "");
  if (types.some((type) => ACCEPTABLE.includes(type))) return;
  throw new RequestError("notAcceptable", `Expected to answer in application/json, asked for "${accept}".`);
}

/** Status in logs and metrics of a request whose client left before the answer; nginx's number for it. */
const CLIENT_GONE = 499;

/** Counts a request and, unless it is one of SageMaker's many pings, logs it. Texts never get into the log. */
function report(service: RerankService, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? "unknown";
  const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_GONE;
  const milliseconds = Math.round(reply.elapsedTime * 100) / 100;
  service.metrics.requests.inc({ route, status: String(status) });
  service.metrics.requestSeconds.observe({ route }, reply.elapsedTime / 1000);
  const level = request.method === "GET" && status < 500 ? "debug" : "info";
  request.log[level]({ route, status, milliseconds, ...request.scoring }, "answered");
}
