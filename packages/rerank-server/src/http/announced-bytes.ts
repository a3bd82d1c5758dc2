import type { IncomingMessage } from "node:http";

/** Returns the length of the body that a request's headers announce, in bytes; undefined if it is unknown, 0 for no body. */
export function announcedBytes({ headers }: IncomingMessage): number | undefined {
  if (headers["transfer-encoding"] !== undefined) return undefined;
  return Number(headers["content-length"] ?? 0);
}
