import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { parsePythonJson } from "../../src/json/parse-python-json.js";

const parse = (text: string) => parsePythonJson("acme/model", "config.json", text);

describe("parsePythonJson", () => {
  it("reads the numbers that Python's json writes and JSON does not have", () => {
    expect(parse('{"a": NaN, "b": [Infinity,-Infinity], "c": {"d": NaN}, "e": 1}')).toEqual({
      a: Number.NaN,
      b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      c: { d: Number.NaN },
      e: 1,
    });
    expect(parse("NaN")).toBeNaN();
  });

  it("does not change strings", () => {
    const strings = { text: 'NaN, "Infinity" \\', "-Infinity": "NaN\n\ue000", escaped: "\ue001" };
    const text = JSON.stringify({ ...strings, number: 0 }).replace('"number":0', '"number":NaN');
    expect(parse(text.replace("\ue001", "\\uE001"))).toEqual({ ...strings, number: Number.NaN });
  });

  it("reads what Python writes for any value", () => {
    const key = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("NaN", "a\\", '"'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, true),
        fc.integer(),
        key,
        fc.array(tie("value")),
        fc.dictionary(key, tie("value")),
      ),
    }));
    fc.assert(fc.property(value, (data) => expect(parse(pythonJson(data))).toEqual(data)));
  });

  it.each([
    "{NaN: 1}",
    "-NaN",
    "nan",
    "1 Infinity",
    '{"a": NaN,}',
    "NaN.5",
    "Infinity0",
    '["NaN]',
    "[NaN",
    "",
  ])("throws for %j, as Python does", (text) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ name: "MalformedModelFileError", path: "config.json" }),
    );
  });

  it("names the position of the error in the file, after a NaN too", () => {
    expect(() => parse('{"a": NaN, "b": Infinity, "c": tru')).toThrow(/position 34|end of JSON input/);
    expect(() => parse('{"a": NaN, b: 1}')).toThrow(/position 11/);
  });
});

/** Writes JSON like Python's json.dumps. */
function pythonJson(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${pythonJson(entry)}`);
  return `{${entries.join(", ")}}`;
}
