import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { jsonBytes } from "../../src/batching/json-bytes.js";

const inJson = (text: string) => Buffer.byteLength(JSON.stringify(text));

describe("jsonBytes", () => {
  it("is the number of bytes in JSON for texts without control characters", () => {
    const unit = fc.constantFrom(
      "a",
      '"',
      "\\",
      "é",
      "\u07ff",
      "\u0800",
      "日",
      "\uffff",
      "😀",
      "\u007f",
      "\ud83d",
      "\ude00",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        expect(jsonBytes(text)).toBe(inJson(text));
      }),
    );
  });

  it("is never below it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(jsonBytes(text)).toBeGreaterThanOrEqual(inJson(text));
      }),
    );
    expect(jsonBytes("\n")).toBe(8);
  });
});
