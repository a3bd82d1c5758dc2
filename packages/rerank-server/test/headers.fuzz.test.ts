import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { ApiKeys } from "../src/auth/api-keys.js";
import { requestTrace } from "../src/tracing/request-trace.js";

const hex = (length: number) =>
  fc.string({
    unit: fc.constantFrom(..."0123456789abcdefABCDEF-"),
    minLength: length - 1,
    maxLength: length + 1,
  });
const traceparent = fc.oneof(
  fc.tuple(fc.constantFrom("00", "01", "ff", "0"), hex(32), hex(16), hex(2)).map((parts) => parts.join("-")),
  fc.string(),
);

fuzz({
  name: "rerank-server: trace headers",
  arbitrary: fc.record({ traceparent, tracestate: fc.string() }, { requiredKeys: [] }),
  run: (headers) => {
    const { ids } = requestTrace({ method: "POST", route: "/rerank", headers }, undefined);
    if (ids && !/^[\da-f]{32} [\da-f]{16}$/.test(`${ids.trace_id} ${ids.span_id}`)) {
      throw new Error(`Expected ids in hexadecimal, got ${JSON.stringify(ids)}`);
    }
  },
});

const keys = new ApiKeys(["key-1", "key-2"]);
fuzz({
  name: "rerank-server: keys",
  arbitrary: fc.oneof(
    fc.string(),
    fc
      .tuple(fc.constantFrom("Bearer", "bearer", "Basic", ""), fc.constantFrom(" ", "  ", "\t"), fc.string())
      .map((parts) => parts.join("")),
  ),
  run: (authorization) => {
    const isKnown = /^bearer +key-[12]$/i.test(authorization) && /key-[12]$/.test(authorization);
    if (keys.accept(authorization) !== isKnown)
      throw new Error(`Expected ${isKnown} for ${JSON.stringify(authorization)}`);
  },
});
