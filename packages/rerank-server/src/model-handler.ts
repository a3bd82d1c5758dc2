import type { FastifyReply, FastifyRequest } from "fastify";
import { RequestError } from "./errors/request-error.js";
import { announcedBytes } from "./http/announced-bytes.js";
import { contentDecoder } from "./http/content-decoder.js";
import type { Edge } from "./http/edge.js";
import { parseJson } from "./http/parse-json.js";
import { bodyTooLarge, receiveBody } from "./http/receive-body.js";
import { textDecoderFor } from "./http/text-decoder-for.js";
import { RequestStages } from "./metrics/request-stages.js";
import { emptyList } from "./payloads/empty-list.js";
import { findPayload } from "./payloads/find-payload.js";
import type { ModelRequest, Payload } from "./payloads/payload.js";
import type { JsonObject } from "./payloads/values/json-object.js";
import { JsonText } from "./payloads/values/json-text.js";
import type { RerankService } from "./service/rerank-service.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Kind and size of the request, for its log line. */
    scoring?: { readonly kind: string; readonly pairs: number };
    /** Stages of a request that a model computes. */
    stages?: RequestStages;
  }
}

/** Media ranges that accept JSON. */
const ACCEPTABLE = ["application/json", "application/*", "*/*"];

/**
 * Answers requests that a model computes. Checks the headers first, so that invalid requests are rejected before the body is received.
 *
 * @param bodyBytes maximum bytes of a body, also after decompression
 */
export function modelHandler(
  { exchanges, transfers, connections }: Edge,
  service: RerankService,
  { payloads, allowsEmpty }: { readonly payloads: readonly Payload[]; readonly allowsEmpty: boolean },
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
    service.checkReady();
    service.admission.check();
    if (transfers.completeBytes + announced > inflightBytes) {
      throw new RequestError("overloaded", "Too many bytes are in transfer. Try again later.");
    }
    const exchange = exchanges.of(request.raw);
    const { bytes, transfer } = await receiveBody(exchange, transfers, bodyBytes);
    connections.begin(socket);
    reply.raw.once("close", () => connections.end(socket));
    try {
      const decoded = decode ? await decode(bytes, bodyBytes) : bytes;
      if (decoded !== bytes) transfer.hold(decoded.length);
      const usual = service.models.entries[0]?.kind ?? "reranker";
      const { payload, body } = findPayload(parseJson(toText(decoded)), payloads, usual);
      const { needs = "reranker", misfit = "unsupported" } = payload;
      const engine = service.models.find({ needs, misfit, name: body.model });
      const wanted = payload.read(body, engine.facts);
      const pairs = inputsOf(wanted);
      request.scoring = { kind: payload.name, pairs };
      if (pairs === 0 && !allowsEmpty) throw emptyList(listKey(body));
      const answer = await service.answer(engine, wanted, exchange.signal, stages);
      const text = answer instanceof JsonText ? answer.text : JSON.stringify(answer);
      return reply.type("application/json").send(text);
    } finally {
      transfer.release();
    }
  };
}

/** Counts a request's pairs, texts or lists of ids. */
function inputsOf(request: ModelRequest): number {
  if (request.kind === "embed" || request.kind === "tokenize") return request.texts.length;
  return request.kind === "decode" ? request.ids.length : request.pairs.length;
}

/** Returns the key of the empty list, for the error. */
function listKey(body: JsonObject): string {
  const key = Object.keys(body).find((each) => Array.isArray(body[each]) && body[each].length === 0);
  return key ?? "inputs.sentences";
}

/** Checks the Accept header. @throws {RequestError} 406 unless the client accepts JSON */
function checkAccept(accept: string | undefined): void {
  if (!accept) return;
  const types = accept.split(",").map((part) => part.split(";")[0]?.trim().toLowerCase() ?? "");
  if (types.some((type) => ACCEPTABLE.includes(type))) return;
  throw new RequestError(
    "notAcceptable",
    "Expected to answer in application/json; `accept` does not have it.",
  );
}
