import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { post, type ToyReranker, toyReranker, until } from "@secondpass/test-kit";
import type { RerankServer } from "../../src/index.js";
import { requestTrace } from "../../src/tracing/request-trace.js";
import { startServer } from "../start-server.js";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";
const headers = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: "vendor=1" };
const BODY = { query: "q", texts: ["one", "two"] };

describe("without OpenTelemetry", () => {
  it("the caller's ids are kept for the log", () => {
    const own = requestTrace({ method: "POST", route: "/rerank", headers }, undefined);
    expect(own.ids).toEqual({ trace_id: TRACE, span_id: SPAN });
    own.end({ status: 200, stages: [] });
    expect(requestTrace({ method: "GET", headers: {} }, undefined).ids).toBeUndefined();
  });
});

describe("with OpenTelemetry's API", () => {
  const exporter = new InMemorySpanExporter();
  const lines: string[] = [];
  let server: RerankServer;
  let model: ToyReranker;
  const named = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name);
  const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  beforeAll(async () => {
    model = toyReranker();
    server = await startServer(model, { logLevel: "info", logStream: { write: (line) => lines.push(line) } });
  });
  afterAll(() => server.close({ graceMs: 0 }));
  afterEach(() => {
    trace.disable();
    exporter.reset();
    lines.length = 0;
  });

  it("but no tracer, the caller's ids are in the log", async () => {
    await post(server, BODY, { path: "/rerank", headers });
    const answered = () => logged().filter(({ msg }) => msg === "answered");
    await until(() => answered().length > 0);
    expect(answered()).toEqual([
      expect.objectContaining({ trace_id: TRACE, span_id: SPAN, route: "/rerank" }),
    ]);
  });

  const record = () =>
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
    );

  it("a request is a span of the caller's trace, with a span for each stage in order", async () => {
    record();
    expect((await post(server, BODY, { path: "/rerank?secret=canary", headers })).status).toBe(200);
    await until(() => named("POST /rerank").length === 1);
    const [span] = named("POST /rerank");
    expect(span?.kind).toBe(SpanKind.SERVER);
    expect(span?.spanContext()).toMatchObject({ traceId: TRACE });
    expect(span?.parentSpanContext).toMatchObject({ spanId: SPAN, isRemote: true });
    expect(span?.spanContext().traceState?.get("vendor")).toBe("1");
    expect(span?.attributes).toEqual({
      "http.request.method": "POST",
      "http.route": "/rerank",
      "http.response.status_code": 200,
      "secondpass.kind": "tei_rerank",
      "secondpass.pairs": 2,
    });
    const stages = exporter.getFinishedSpans().filter(({ name }) => !name.startsWith("POST"));
    expect(stages.map(({ name }) => name)).toEqual(["receive", "wait", "compute", "answer"]);
    const times = stages
      .flatMap(({ startTime, endTime }) => [startTime, endTime])
      .map(([s, ns]) => s * 1e9 + ns);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const { parentSpanContext } of stages)
      expect(parentSpanContext?.spanId).toBe(span?.spanContext().spanId);
    expect(logged()).toEqual([
      expect.objectContaining({ trace_id: TRACE, span_id: span?.spanContext().spanId }),
    ]);
  });

  it("a request without a trace begins one, and a failure is recorded as an error", async () => {
    record();
    model.before = () => {
      throw new Error("broken");
    };
    expect((await post(server, BODY, { path: "/rerank" })).status).toBe(500);
    model.before = () => {};
    await until(() => named("POST /rerank").length === 1);
    const [span] = named("POST /rerank");
    expect(span?.status.code).toBe(SpanStatusCode.ERROR);
    expect(span?.parentSpanContext).toBeUndefined();
    const ids = { trace_id: span?.spanContext().traceId, span_id: span?.spanContext().spanId };
    await until(() => lines.length === 2);
    for (const message of ["failed", "answered"]) {
      expect(logged()).toContainEqual(expect.objectContaining({ msg: message, ...ids }));
    }
  });

  it("spans of unknown paths are named only by their method", async () => {
    record();
    await fetch(`${server.url}/secret/path`);
    await until(() => exporter.getFinishedSpans().length === 1);
    const [span] = exporter.getFinishedSpans();
    expect([span?.name, JSON.stringify(span?.attributes)]).toEqual([
      "GET",
      expect.not.stringContaining("secret"),
    ]);
  });
});
