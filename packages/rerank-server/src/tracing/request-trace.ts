import type { IncomingHttpHeaders } from "node:http";
import type { Context, Span, SpanContext } from "@opentelemetry/api";
import type { StageTime } from "../metrics/request-stages.js";
import type { OpenTelemetry } from "./load-open-telemetry.js";
import { parseTraceparent } from "./parse-traceparent.js";

/** Ids that connect a log line with a trace; OpenTelemetry's names. */
export interface TraceIds {
  readonly trace_id: string;
  readonly span_id: string;
}

/** Outcome of a request. */
export interface RequestOutcome {
  readonly status: number;
  readonly stages: readonly StageTime[];
  /** Additional attributes of the span. */
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** The trace of a request: a span from its arrival to its end, with one span inside for each stage. */
export interface RequestTrace {
  /** Undefined if the request belongs to no trace. */
  readonly ids: TraceIds | undefined;
  end(outcome: RequestOutcome): void;
}

/** Name of the tracer. */
const TRACER = "@secondpass/rerank-server";

/**
 * Begins the trace of a request. Its parent is the active span, such as one made by instrumentation of Node's HTTP server, else the
 * caller's span in the headers.
 *
 * @param route path of the route; undefined if there is none
 * @param api undefined without OpenTelemetry: then only the ids of a `traceparent` header are kept for the log
 */
export function requestTrace(
  {
    method,
    route,
    headers,
  }: { readonly method: string; readonly route?: string; readonly headers: IncomingHttpHeaders },
  api: OpenTelemetry | undefined,
): RequestTrace {
  if (api === undefined) {
    const parent = parseTraceparent(headers.traceparent);
    return { ids: parent && { trace_id: parent.traceId, span_id: parent.spanId }, end: () => {} };
  }
  const { trace, SpanKind, isSpanContextValid } = api;
  const tracer = trace.getTracer(TRACER);
  const span = tracer.startSpan(
    route === undefined ? method : `${method} ${route}`,
    {
      kind: SpanKind.SERVER,
      attributes: { "http.request.method": method, ...(route !== undefined && { "http.route": route }) },
    },
    parentOf(headers, api),
  );
  const context = span.spanContext();
  return {
    ids: isSpanContextValid(context) ? { trace_id: context.traceId, span_id: context.spanId } : undefined,
    end: (outcome) => endSpan(span, outcome, api),
  };
}

/** Returns the parent context of a request's span. */
function parentOf(headers: IncomingHttpHeaders, api: OpenTelemetry): Context {
  const { context, propagation, trace, createTraceState, ROOT_CONTEXT } = api;
  if (trace.getSpan(context.active())) return context.active();
  // Use the propagators that the operator has registered, such as B3's.
  const extracted = propagation.extract(ROOT_CONTEXT, headers);
  const parent = parseTraceparent(headers.traceparent);
  if (trace.getSpanContext(extracted) || parent === undefined) return extracted;
  const { tracestate } = headers;
  const spanContext: SpanContext = {
    traceId: parent.traceId,
    spanId: parent.spanId,
    traceFlags: parent.flags,
    isRemote: true,
    ...(typeof tracestate === "string" && { traceState: createTraceState(tracestate) }),
  };
  return trace.setSpanContext(extracted, spanContext);
}

function endSpan(span: Span, { status, stages, attributes = {} }: RequestOutcome, api: OpenTelemetry): void {
  if (!span.isRecording()) return void span.end();
  const { trace, ROOT_CONTEXT, SpanStatusCode } = api;
  const tracer = trace.getTracer(TRACER);
  const inside = trace.setSpan(ROOT_CONTEXT, span);
  for (const { stage, startMs, endMs } of stages) {
    tracer
      .startSpan(stage, { startTime: performance.timeOrigin + startMs }, inside)
      .end(performance.timeOrigin + endMs);
  }
  span.setAttributes({ "http.response.status_code": status, ...attributes });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
