import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { type LoopbackServer, startLoopbackServer } from "@secondpass/test-kit/sagemaker";
import type { HttpCrossEncoderOptions, HttpProtocolName } from "../../src/http/index.js";
import { HttpCrossEncoder } from "../../src/http/index.js";
import { ANSWERS } from "./answers.js";

/** A score from which its pair can be recognised. */
export const scoreOf = (query: string, text: string): number => query.length * 1000 + text.length + 0.5;

/** A received request. */
export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: each protocol has its own request
  readonly body: any;
  /** Port of the client, different for each connection. */
  readonly port: number | undefined;
}

/** Sends a faulty response instead of the right one. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A fake rerank server with one protocol, on loopback. */
export interface RerankStandIn extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly Received[];
  /** Largest number of parallel requests so far. */
  readonly peak: () => number;
  crossEncoder(options?: Partial<HttpCrossEncoderOptions>): HttpCrossEncoder;
}

/** @param fault chooses the fault of a request by its number, from 0 */
export async function startRerankStandIn(
  protocol: HttpProtocolName = "tei",
  fault: (number: number, body: Received["body"]) => Fault | undefined = () => undefined,
): Promise<RerankStandIn> {
  const requests: Received[] = [];
  let running = 0;
  let peak = 0;
  const server: LoopbackServer = await startLoopbackServer(async (request, bytes, response) => {
    const { method, url: path, headers, socket } = request;
    const body = JSON.parse(bytes.toString("utf8"));
    const number = requests.push({ method, path, headers, body, port: socket.remotePort }) - 1;
    peak = Math.max(peak, ++running);
    response.once("close", () => --running);
    await new Promise(setImmediate);
    const wrong = fault(number, body);
    if (wrong) return wrong(request, response);
    sendJson(200, ANSWERS[protocol].respond(body, scoreOf))(request, response);
  });
  return {
    url: server.url,
    requests,
    peak: () => peak,
    crossEncoder: (options = {}) => new HttpCrossEncoder({ url: server.url, protocol, ...options }),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

export function sendJson(status: number, value: unknown, headers: Record<string, string> = {}): Fault {
  return sendText(status, JSON.stringify(value), { "content-type": "application/json", ...headers });
}

export function sendText(status: number, text: string, headers: Record<string, string> = {}): Fault {
  return (_request, response) => {
    response.writeHead(status, headers).end(text);
  };
}

/** Breaks the connection without a response. */
export const breakConnection: Fault = (request) => void request.socket.destroy();
