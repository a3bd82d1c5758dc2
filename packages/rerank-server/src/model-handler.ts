import type { FastifyReply, FastifyRequest } from "fastify";
import { RequestError } from "./errors/request-error.js";
import { announcedBytes } from "./http/announced-bytes.js";
import { contentDecoder } from "./http/content-decoder.js";
import type { Edge } from "./http/edge.js";
import { parseJson } from "./http/parse-json.js";
import { bodyTooLarge, receiveBody } from "./http/receive-body.js";
import { textDecoderFor } from "./http/text-decoder-for.js";
import { RequestStages } from "./metrics/request-stages.js";
import type { Payload } from "./payloads/payload.js";
import { readPayload } from "./payloads/read-payload.js";
import type { RerankService } from "./service/rerank-service.js";

declare module "fastify" {
  interface FastifyRequest {
    /** What the request turned out to be, for its log line. */
    scoring?: { readonly kind: string; readonly pairs: number };
    /** Of a request that scores: how far it is. */
    stages?: RequestStages;
  }
}

/** What an answer in JSON satisfies. */
const ACCEPTABLE = ["application/json", "application/*", "*/*"];

/**
 * Answers requests that score. What can be refused by the headers is refused before the body comes.
 *
 * @param bodyBytes bytes of a body at most, also decompressed
 */
export function scoringHandler(
  { exchanges, transfers, connections }: Edge,
  service: RerankService,
  payloads: readonly Payload[],
  { bodyBytes, inflightBytes }: { readonly bodyBytes: number; readonly inflightBytes: number },
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const stages = new RequestStages();
    request.stages = stages;
    const { headers, socket } = request.raw;
    checkAccept(headers.accept);
    const toText = textDecoderFor(headers["content-type"]);
    const decode = contentDecoder(headers["content-encoding"]);
    const announced = announcedBytes(request.raw) ?? 0;
    if (announced > bodyBytes) throw bodyTooLarge(bodyBytes);
    const { model } = service;
    service.admission.check();
    if (transfers.completeBytes + announced > inflightBytes) {
      throw new RequestError("overloaded", "Too many bytes are under way. Try again later.");
    }
    const exchange = exchanges.of(request.raw);
    const { bytes, transfer } = await receiveBody(exchange, transfers, bodyBytes);
    connections.begin(socket);
    reply.raw.once("close", () => connections.end(socket));
    try {
      const decoded = decode ? await decode(bytes, bodyBytes) : bytes;
      if (decoded !== bytes) transfer.hold(decoded.length);
      const { kind, request: scoring } = readPayload(parseJson(toText(decoded)), model, payloads);
      request.scoring = { kind, pairs: scoring.pairs.length };
      const answer = JSON.stringify(await service.answer(scoring, exchange.signal, stages));
      return reply.type("application/json").send(answer);
    } finally {
      transfer.release();
    }
  };
}

/** @throws {RequestError} 406 unless the client takes JSON */
function checkAccept(accept: string | undefined): void {
  if (!accept) return;
  const types = accept.split(",").map((part) => part.split(";")[0]?.trim().toLowerCase() ?? "");
  if (types.some((type) => ACCEPTABLE.includes(type))) return;
  throw new RequestError(
    "notAcceptable",
    "Expected to answer in application/json; `accept` does not have it.",
  );
}
