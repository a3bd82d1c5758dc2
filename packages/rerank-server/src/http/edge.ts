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

/** What the edge of the server lets in. */
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

/** The HTTP side of a server, which knows nothing of reranking. */
export interface Edge {
  readonly app: FastifyInstance;
  readonly connections: Connections;
  readonly exchanges: Exchanges;
  readonly transfers: Transfers;
  /**
   * Takes no more connections and requests, refuses those whose body has not come whole, and answers the others. What is not
   * answered after the grace gets 503. A second call sets another grace.
   */
  close(graceMs: number): Promise<void>;
}

/** Speed is measured in windows of this length in ms: a pause of a few seconds on a bad line is no attack. */
const WINDOW_MS = 10_000;
/** How often Node looks for slow headers, in ms. */
const CONNECTIONS_CHECK_MS = 1000;
/** A refused body of at most this many announced bytes is read to its end, so that the connection can be used again. */
const KEEP_READING_BYTES = 65_536;
/** How often a closing server looks whether connections are left that nobody needs, in ms. */
const IDLE_CHECK_MS = 50;
/** How long answers that are given up may take to leave, in ms. */
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
    // The edge's own clock for bodies comes first; Node's is behind it, for what no route receives.
    requestTimeout: limits.bodyMs + limits.headersMs,
    keepAliveTimeout: limits.idleMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: CONNECTIONS_CHECK_MS },
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    // The closing server answers in its own words.
    return503OnClosing: false,
    rewriteUrl: ({ url = "/" }) => url.replace(/^https?:\/\/[^/?#]*(?=[/?#]|$)/i, "") || "/",
    clientErrorHandler: answerClientErrors(exchanges, limits.idleMs),
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
    // One line a request is enough; the server writes it.
    logController: new LogController({ disableRequestLogging: true }),
    logger,
  });
  const connections = new Connections(app.server, limits.connections);
  let isClosing = false;

  // Bodies are received by the routes, which know what they are willing to take.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  // "100 Continue" is for those whose body is wanted.
  app.server.on("checkContinue", (request, response) => app.server.emit("request", request, response));

  app.addHook("onRequest", async (request, reply) => {
    // What comes after the last answer of a connection is thrown away.
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
    // A connection that has never sent a request, or sends one slowly, is not idle to Node.
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

/** Whether a request was refused because it came too slowly. */
const isSlow = (status: number) => status === 408;
const isLong = (bytes = Number.POSITIVE_INFINITY) => bytes > KEEP_READING_BYTES;

function stopping(): RequestError {
  return new RequestError("unavailable", "The server is stopping. Try again later.");
}
