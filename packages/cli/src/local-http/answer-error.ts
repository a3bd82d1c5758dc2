import type { ServerResponse } from "node:http";
import { CommandError } from "../errors/command-error.js";
import { UsageError } from "../errors/usage-error.js";
import { endGently } from "./end-gently.js";
import { LocalHttpError } from "./local-http-error.js";

/** The answer of a request that failed. */
export interface ErrorBody {
  readonly error: { readonly type: string; readonly message: string };
}

/** Turns an error into one for the client. Details of internal failures go only to the log. */
export function asLocalHttpError(error: unknown): LocalHttpError {
  if (LocalHttpError.isInstance(error)) return error;
  if (CommandError.isInstance(error) || UsageError.isInstance(error)) {
    return new LocalHttpError("failed", error.message, { cause: error });
  }
  return new LocalHttpError("internal", "The program failed at this request. Its terminal says why.", {
    cause: error,
  });
}

/** Answers with an error: an {@link ErrorBody}. If the answer has begun, ends the connection. */
export function answerError(response: ServerResponse, error: LocalHttpError): void {
  if (response.headersSent) return void response.destroy();
  const { type, message, status } = error;
  const body = JSON.stringify({ error: { type, message } } satisfies ErrorBody);
  if (type === "unauthorized") response.setHeader("www-authenticate", "Bearer");
  if (!response.req.complete) {
    response.setHeader("connection", "close");
    endGently(response.req.socket);
    response.req.resume();
  }
  response
    .writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
    })
    .end(body);
}
