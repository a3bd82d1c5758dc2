import type { IncomingHttpHeaders } from "node:http";
import type { Context, Span, SpanContext } from "@opentelemetry/api";
import type { StageTime } from "../metrics/request-stages.js";
import type { OpenTelemetry } from "./load-open-telemetry.js";
import { parseTraceparent } from "./parse-traceparent.js";

/** By which a log line and a trace find each other; OpenTelemetry's names. */
export interface TraceIds {
  readonly trace_id: string;
  readonly span_id: string;
}

/** How a request ended. */
export interface RequestOutcome {
  readonly status: number;
  readonly stages: readonly StageTime[];
  /** More about it, for the span's attributes. */
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** A request as traces see it: a span from its arrival to its end, with one inside for each stage. */
export interface RequestTrace {
  /** Undefined if the request belongs to no trace. */
  readonly ids: TraceIds | undefined;
  end(outcome: RequestOutcome): void;
}

/** Name under which the spans are made. */
const TRACER = "@secondpass/rerank-server";

/**
 * Begins the trace of a request. Its parent is the span that is active, as instrumentation of Node's HTTP server makes one, else the
 * caller's by the headers.
 *
 * @param route path of the route; undefined if there is none
 * @param api undefined without OpenTelemetry: the ids of a `traceparent` header are kept for the log then, and nothing else is done
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

/** The context that a request's span belongs to. */
function parentOf(headers: IncomingHttpHeaders, api: OpenTelemetry): Context {
  const { context, propagation, trace, createTraceState, ROOT_CONTEXT } = api;
  if (trace.getSpan(context.active())) return context.active();
  // The propagators that the operator has registered, such as B3's.
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
