import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from "fastify";
import { RequestError } from "../errors/request-error.js";
import { announcedBytes } from "./announced-bytes.js";
import { answerClientErrors } from "./answer-client-errors.js";
import { sendError } from "./answer-errors.js";
import { Connections } from "./connections.js";
import { endGently, isEnding } from "./end-gently.js";
import { Exchanges } from "./exchanges.js";
import { isReceived } from "./is-received.js";
import { Transfers } from "./transfers.js";
import { watchAnswer } from "./watch-answer.js";

/** Limits of the HTTP side. */
export interface EdgeLimits {
  /** Bytes of a body. */
  readonly bodyBytes: number;
  /** Bytes of all bodies and unread answers together. */
  readonly inflightBytes: number;
  readonly connections: number;
  /** Time for a request's headers in ms. */
  readonly headersMs: number;
  /** Time for a body in ms. */
  readonly bodyMs: number;
  /** How long an idle connection is kept, in ms. */
  readonly idleMs: number;
  readonly minBytesPerSecond: number;
}

/** The HTTP side of a server. It knows nothing about reranking. */
export interface Edge {
  readonly app: FastifyInstance;
  readonly connections: Connections;
  readonly exchanges: Exchanges;
  readonly transfers: Transfers;
  /**
   * Accepts no more connections and requests, rejects those whose body is incomplete, and answers the others. After the grace period,
   * unanswered requests get 503. A second call changes the grace period.
   */
  close(graceMs: number): Promise<void>;
}

/** Speed is measured in windows of this length, in ms: a pause of a few seconds on a bad line is not an attack. */
const WINDOW_MS = 10_000;
/** How often Node checks for slow headers, in ms. */
const CONNECTIONS_CHECK_MS = 1000;
/** A rejected body of at most this many announced bytes is read to its end, so that the connection can be used again. */
const KEEP_READING_BYTES = 65_536;
/** How often a closing server checks for idle connections, in ms. */
const IDLE_CHECK_MS = 50;
/** How long error answers to abandoned requests may take, in ms. */
const LAST_ANSWERS_MS = 1000;

/** Makes the HTTP side: an application whose routes receive bodies with `receiveBody`. */
export function createEdge(limits: EdgeLimits, logger: FastifyServerOptions["logger"]): Edge {
  const exchanges = new Exchanges();
  const transfers = new Transfers({
    totalBytes: limits.inflightBytes,
    minBytesPerSecond: limits.minBytesPerSecond,
    windowMs: WINDOW_MS,
    maxMs: limits.bodyMs,
  });
  const app = fastify({
    bodyLimit: limits.bodyBytes,
    // The edge has its own timeout for bodies. Node's is longer, for bodies that no route receives.
    requestTimeout: limits.bodyMs + limits.headersMs,
    keepAliveTimeout: limits.idleMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: CONNECTIONS_CHECK_MS },
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    // The closing server has its own error answer.
    return503OnClosing: false,
    rewriteUrl: ({ url = "/" }) => url.replace(/^https?:\/\/[^/?#]*(?=[/?#]|$)/i, "") || "/",
    clientErrorHandler: answerClientErrors(exchanges, limits.idleMs),
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
    // One log line a request is enough; the server writes it.
    logController: new LogController({ disableRequestLogging: true }),
    logger,
  });
  const connections = new Connections(app.server, limits.connections);
  let isClosing = false;

  // The routes receive the bodies, because they know which ones they accept.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  // Send "100 Continue" only if the body is wanted.
  app.server.on("checkContinue", (request, response) => app.server.emit("request", request, response));

  app.addHook("onRequest", async (request, reply) => {
    // Discard bytes after the last answer of a connection.
    if (isEnding(request.raw.socket)) return reply.hijack();
    exchanges.begin(request.raw, reply.raw);
    if (isClosing) throw stopping();
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const { raw } = request;
    if (isClosing) reply.header("connection", "close");
    if (!isReceived(raw) && (isSlow(reply.statusCode) || isLong(announcedBytes(raw)))) {
      reply.header("connection", "close");
      endGently(raw.socket);
    }
    if (typeof payload === "string") watchAnswer(reply.raw, Buffer.byteLength(payload), transfers);
  });

  let giveUp: NodeJS.Timeout | undefined;
  let closed: Promise<void> | undefined;
  const drain = async () => {
    isClosing = true;
    exchanges.giveUpIncomplete(stopping());
    // Node does not count a connection as idle that has never sent a request, or sends one slowly.
    const timer = setInterval(() => {
      if (exchanges.open === 0) app.server.closeAllConnections();
    }, IDLE_CHECK_MS);
    await app.close();
    clearInterval(timer);
  };
  const close = (graceMs: number) => {
    clearTimeout(giveUp);
    giveUp = setTimeout(() => {
      exchanges.giveUpAll(stopping());
      giveUp = setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS);
    }, graceMs);
    closed ??= drain();
    return closed.finally(() => clearTimeout(giveUp));
  };

  return { app, connections, exchanges, transfers, close };
}

/** Whether a request was rejected because it came too slowly. */
const isSlow = (status: number) => status === 408;
const isLong = (bytes = Number.POSITIVE_INFINITY) => bytes > KEEP_READING_BYTES;

function stopping(): RequestError {
  return new RequestError("unavailable", "The server is stopping. Try again later.");
}
