/** The trace that a request belongs to: W3C Trace Context, in lower-case hexadecimal. */
export interface TraceParent {
  /** 32 digits. */
  readonly traceId: string;
  /** 16 digits: the caller's span. */
  readonly spanId: string;
  /** 0 to 255; bit 0 says that the caller records the trace. */
  readonly flags: number;
}

const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;
const ZEROS = /^0+$/;

/**
 * Reads a `traceparent` header. As the standard says, only the beginning is read if the version is unknown.
 *
 * @returns undefined if it is missing or invalid; then a new trace begins
 */
export function parseTraceparent(header: string | string[] | undefined): TraceParent | undefined {
  const [, version = "ff", traceId = "", spanId = "", flags = "", more] =
    typeof header === "string" ? (TRACEPARENT.exec(header) ?? []) : [];
  if (version === "ff" || (version === "00" && more !== undefined)) return undefined;
  if (ZEROS.test(traceId) || ZEROS.test(spanId)) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}
