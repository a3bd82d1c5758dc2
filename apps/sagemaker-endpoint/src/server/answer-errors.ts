import type { FastifyError, FastifyInstance } from "fastify";
import { RequestError, type RequestErrorType } from "../errors/request-error.js";

/** The framework's own refusals, in this server's words. */
const FRAMEWORK_TYPES: Readonly<Record<number, RequestErrorType>> = {
  400: "malformed",
  413: "tooLarge",
  415: "unsupportedMediaType",
};

/** Seconds after which a refused client may come back. */
const RETRY_AFTER_S = 1;

/** Makes every error of the server an answer in JSON: `{"error": message, "error_type": type}`. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | RequestError>((error, request, reply) => {
    const refusal = asRequestError(error);
    if (refusal.type === "internal") request.log.error({ err: error }, "failed");
    if (refusal.type === "overloaded" || refusal.type === "unavailable") {
      reply.header("retry-after", RETRY_AFTER_S);
    }
    return reply.code(refusal.status).send({ error: refusal.message, error_type: refusal.type });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: `Expected POST /invocations, POST /rerank, GET /ping or GET /metrics, got ${request.method} ${request.url}.`,
      error_type: "notFound",
    }),
  );
}

function asRequestError(error: FastifyError | RequestError): RequestError {
  if (error instanceof RequestError) return error;
  const type = FRAMEWORK_TYPES[error.statusCode ?? 500];
  if (type === "unsupportedMediaType") {
    return new RequestError(type, "Expected a body in application/json.", { cause: error });
  }
  if (type !== undefined) return new RequestError(type, error.message, { cause: error });
  // What went wrong inside is for the log; the client learns only that it did.
  return new RequestError("internal", "The model failed at this request.", { cause: error });
}
