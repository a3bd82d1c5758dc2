import type { IncomingMessage } from "node:http";

/** Bytes that a request's headers announce; undefined for a body of unknown length, 0 for none. */
export function announcedBytes({ headers }: IncomingMessage): number | undefined {
  if (headers["transfer-encoding"] !== undefined) return undefined;
  return Number(headers["content-length"] ?? 0);
}
