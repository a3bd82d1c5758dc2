import type { IncomingMessage } from "node:http";
import { announcedBytes } from "./announced-bytes.js";

/** Whether a request was received completely. */
export function isReceived(request: IncomingMessage): boolean {
  return request.complete || announcedBytes(request) === 0;
}
