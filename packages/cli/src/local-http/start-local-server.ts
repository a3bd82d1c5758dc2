import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onAbort } from "@secondpass/core";
import { Access } from "./access.js";
import { answerError, asLocalHttpError } from "./answer-error.js";
import { checkSender } from "./check-sender.js";
import { Exchange } from "./exchange.js";
import { listenError } from "./listen-error.js";
import { LocalHttpError } from "./local-http-error.js";
import { findRoute, methodsOf, type Route } from "./route.js";
import { SECURITY_HEADERS } from "./security-headers.js";

/** The only address that the server listens on. */
const HOST = "127.0.0.1";
/** Time for a request's headers, and for a whole request, in ms. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;
/** Connections at a time: a few browsers with a few tabs. */
const MAX_CONNECTIONS = 256;
/** How long answers may take to end once the server closes, in ms. */
const GRACE_MS = 500;

export interface LocalServerOptions {
  /** 0 for any free one. */
  readonly port: number;
  readonly routes: readonly Route[];
  /** Token that clients have to show. @default a random one */
  readonly token?: string;
  /** Path at which a page exchanges the token for a session: `POST {"token": TOKEN}`, answered by a {@link Session}. @default none: there is no page */
  readonly sessionPath?: string;
  /** Called with internal failures, whose details clients do not get. */
  readonly onFailure: (error: unknown) => void;
}

/** A server on this machine, for its user only. */
export interface LocalServer {
  /** Such as `http://127.0.0.1:4160`. */
  readonly url: string;
  /** Token that clients have to show; see {@link Access}. */
  readonly token: string;
  /** Creates a ticket, which can be exchanged for a session once, instead of the token; see {@link Access.ticket}. */
  ticket(): string;
  /** Aborts running requests and frees the port, within a second. */
  close(): Promise<void>;
}

/**
 * Starts a server on the loopback address. It answers a request that is for this server (`Host`), comes from its own page or from a program (`Origin`), and
 * shows the token or a session. Errors are answered as `{"error": {"type", "message"}}`.
 *
 * @throws {CommandError} if the port cannot be listened on
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { port, onFailure, sessionPath } = options;
  const access = new Access(options.token);
  const routes =
    sessionPath === undefined ? options.routes : [...options.routes, sessionRoute(sessionPath, access)];
  const closing = new AbortController();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const controller = new AbortController();
    const { signal } = controller;
    const stopListening = onAbort(closing.signal, () => controller.abort(closing.signal.reason));
    response.once("close", () => {
      stopListening();
      controller.abort(new LocalHttpError("closing", "The client has left."));
    });
    try {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      const url = urlOf(request);
      const route = findRoute(routes, request.method ?? "", url.pathname);
      checkSender(request, route?.access === "page");
      if (route === undefined) throw noRoute(routes, request, response, url.pathname);
      if ((route.access ?? "token") === "token") access.check(request);
      await route.answer(new Exchange(request, response, url, signal));
    } catch (error) {
      const failure = asLocalHttpError(signal.aborted ? signal.reason : error);
      if (failure.type === "internal") onFailure(error);
      if (!response.destroyed) answerError(response, failure);
    }
  };
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS },
    (request, response) => {
      void answer(request, response);
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, HOST, port) ?? error));
    server.listen({ host: HOST, port }, resolve);
  });
  server.on("error", onFailure);
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    token: access.token,
    ticket: () => access.ticket(),
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      closing.abort(new LocalHttpError("closing", "The program is ending."));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** Parses the path as the client wrote it. The base does not matter: `Host` is checked separately. */
function urlOf({ url = "/" }: IncomingMessage): URL {
  if (!url.startsWith("/") || !URL.canParse(`http://${HOST}${url}`)) {
    throw new LocalHttpError("malformed", "Expected a well-formed path.");
  }
  return new URL(`http://${HOST}${url}`);
}

/** The answer of the session's path. */
export interface Session {
  /** To be sent in the header `x-secondpass-key`, in addition to the cookie. */
  readonly key: string;
}

function sessionRoute(path: string, access: Access): Route {
  return {
    method: "POST",
    path,
    access: "anyone",
    async answer(exchange) {
      const { token } = await exchange.json();
      exchange.send({ key: access.exchange(token, exchange.request, exchange.response) } satisfies Session);
    },
  };
}

function noRoute(
  routes: readonly Route[],
  { method }: IncomingMessage,
  response: ServerResponse,
  path: string,
): LocalHttpError {
  const methods = methodsOf(routes, path);
  if (methods.length === 0) return new LocalHttpError("notFound", "There is nothing at this address.");
  response.setHeader("allow", methods.join(", "));
  return new LocalHttpError("methodNotAllowed", `Expected ${methods.join(" or ")}, got ${method}.`);
}
