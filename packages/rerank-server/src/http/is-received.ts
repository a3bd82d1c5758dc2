import type { IncomingMessage } from "node:http";
import { announcedBytes } from "./announced-bytes.js";

/** Whether a request has come whole. */
export function isReceived(request: IncomingMessage): boolean {
  return request.complete || announcedBytes(request) === 0;
}
