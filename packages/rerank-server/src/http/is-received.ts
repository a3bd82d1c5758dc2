import type { IncomingMessage } from "node:http";
import { announcedBytes } from "./announced-bytes.js";

/** Whether a request was received completely. */
export function isReceived(request: IncomingMessage): boolean {
  // Node sets `complete` only when the body is read, which nobody does if there is none.
  return request.complete || announcedBytes(request) === 0;
}
