import type { IncomingMessage, ServerResponse } from "node:http";
import { LocalHttpError } from "./local-http-error.js";
import { readBody } from "./read-body.js";

/** Bytes of a body in JSON. */
const MAX_JSON_BYTES = 1024 * 1024;

/** A request and its answer. */
export class Exchange {
  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    /** The request's address. */
    readonly url: URL,
    /** Aborted once nobody waits for the answer: the client left, or the server closes. */
    readonly signal: AbortSignal,
  ) {}

  /** The request's body. @throws {LocalHttpError} 413 if it has more than `maxBytes` */
  bytes(maxBytes: number): Promise<Buffer> {
    return readBody(this.request, maxBytes, this.signal);
  }

  /**
   * Reads the request's body, which must be a JSON object. Bodies of another content type are rejected, because browsers let pages of other sites send those without
   * a preflight.
   *
   * @throws {LocalHttpError} 400, 413 or 415
   */
  async json(maxBytes = MAX_JSON_BYTES): Promise<Readonly<Record<string, unknown>>> {
    if (!/^application\/json\b/i.test(this.request.headers["content-type"] ?? "")) {
      throw new LocalHttpError("unsupportedMediaType", "Expected a body in application/json.");
    }
    const text = (await this.bytes(maxBytes)).toString("utf8");
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new LocalHttpError("malformed", "Expected a body in JSON; it is incomplete or something else.", {
        cause: error,
      });
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new LocalHttpError("malformed", "Expected a body with an object in JSON.");
    }
    return value as Record<string, unknown>;
  }

  /** Answers with a value in JSON. */
  send(value: unknown, status = 200): void {
    const body = JSON.stringify(value);
    this.response
      .writeHead(status, {
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(body),
      })
      .end(body);
  }
}
