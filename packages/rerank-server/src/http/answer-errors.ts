import { OverloadedError } from "@secondpass/core";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { RequestError, type RequestErrorType } from "../errors/request-error.js";
import type { RequestTrace } from "../tracing/request-trace.js";

declare module "fastify" {
  interface FastifyRequest {
    trace?: RequestTrace;
  }
}

/** Messages for the framework's own errors, by HTTP status. */
const FRAMEWORK_ERRORS: Readonly<Record<number, readonly [RequestErrorType, string]>> = {
  400: ["malformed", "Expected a well-formed request."],
  404: ["notFound", "Expected a well-formed path."],
  413: ["tooLarge", "Expected a smaller body."],
  414: ["notFound", "Expected a shorter path."],
  415: ["unsupportedMediaType", "Expected a body in application/json."],
};

/** Characters of an unknown path that an answer repeats. */
const MAX_PATH = 100;

/** Body of an error answer. Cohere's clients read `message`, Jina's and Voyage's `detail`, those of TEI, Infinity and Hugging Face `error`. */
export interface ErrorBody {
  readonly message: string;
  readonly detail: string;
  readonly error: string;
  readonly error_type: RequestErrorType;
}

export function errorBody({ message, type }: RequestError): ErrorBody {
  return { message, detail: message, error: message, error_type: type };
}

/**
 * Answers every error of the server in JSON: an {@link ErrorBody}.
 *
 * @param routes the existing routes, for the answer to a wrong path
 */
export function answerErrors(app: FastifyInstance, routes: readonly string[]): void {
  app.setErrorHandler<FastifyError | Error>((error, request, reply) => sendError(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0]?.slice(0, MAX_PATH);
    const error = new RequestError("notFound", `Expected ${orList(routes)}, got ${request.method} ${path}.`);
    return sendError(error, request, reply);
  });
}

/** Answers with an error. */
export function sendError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = asRequestError(error);
  if (answer.type === "internal") request.log.error({ err: error, ...request.trace?.ids }, "failed");
  if (answer.type === "unauthorized") reply.header("www-authenticate", "Bearer");
  if (answer.retryAfterS !== undefined) reply.header("retry-after", answer.retryAfterS);
  return reply
    .code(answer.status)
    .type("application/json")
    .send(JSON.stringify(errorBody(answer)));
}

function asRequestError(error: Error & { readonly statusCode?: number }): RequestError {
  if (RequestError.isInstance(error)) return error;
  if (OverloadedError.isInstance(error)) {
    const retryAfterS = Math.max(1, Math.ceil((error.retryAfterMs ?? 0) / 1000));
    return new RequestError("overloaded", "The model is overloaded. Try again later.", {
      cause: error,
      retryAfterS,
    });
  }
  const known = FRAMEWORK_ERRORS[error.statusCode ?? 500];
  if (known !== undefined) return new RequestError(...known, { cause: error });
  // Details of internal failures go only to the log.
  return new RequestError("internal", "The model failed at this request.", { cause: error });
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
