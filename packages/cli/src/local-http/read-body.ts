import type { IncomingMessage } from "node:http";
import { onAbort } from "@secondpass/core";
import { LocalHttpError } from "./local-http-error.js";

/** Receives the body of a request. @throws {LocalHttpError} 413 if it has more than `maxBytes` */
export function readBody(request: IncomingMessage, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let undo = () => {};
    const fail = (reason: unknown) => {
      stop();
      // Discard the rest of the body, so that the client can read the answer.
      request.resume();
      reject(reason);
    };
    const tooLarge = () =>
      fail(new LocalHttpError("tooLarge", `Expected a body of at most ${maxBytes} bytes.`));
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) return tooLarge();
      chunks.push(chunk);
    };
    const onEnd = () => {
      stop();
      resolve(Buffer.concat(chunks, length));
    };
    const stop = () => {
      request.off("data", onData).off("end", onEnd);
      undo();
    };
    undo = onAbort(signal, () => fail(signal.reason));
    if (signal.aborted) return;
    if (Number(request.headers["content-length"] ?? 0) > maxBytes) return tooLarge();
    request.on("error", fail).on("data", onData).on("end", onEnd);
  });
}
