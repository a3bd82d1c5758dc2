import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { parseTraceparent } from "../../src/tracing/parse-traceparent.js";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

describe("parseTraceparent", () => {
  it("reads the standard's example", () => {
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual({ traceId: TRACE, spanId: SPAN, flags: 1 });
  });

  it("reads the beginning of future versions", () => {
    expect(parseTraceparent(`01-${TRACE}-${SPAN}-03-more`)).toEqual({
      traceId: TRACE,
      spanId: SPAN,
      flags: 3,
    });
    expect(parseTraceparent(`cc-${TRACE}-${SPAN}-00`)).toMatchObject({ flags: 0 });
  });

  it.each([
    undefined,
    "",
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-0g`,
    `01-${TRACE}-${SPAN}-01.more`,
    ` 00-${TRACE}-${SPAN}-01`,
  ])("ignores %p", (header) => expect(parseTraceparent(header)).toBeUndefined());

  it("returns ids in hexadecimal or nothing for any header", () => {
    const near = fc.tuple(fc.nat(54), fc.string({ maxLength: 2 })).map(([at, words]) => {
      const right = `00-${TRACE}-${SPAN}-01`;
      return right.slice(0, at) + words + right.slice(at + words.length);
    });
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (header) => {
        const read = parseTraceparent(header);
        if (read) expect(`${read.traceId} ${read.spanId}`).toMatch(/^[\da-f]{32} [\da-f]{16}$/);
      }),
    );
  });
});
