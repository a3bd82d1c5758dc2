import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { RequestError } from "../../src/errors/request-error.js";
import { parseJson } from "../../src/http/parse-json.js";

describe("parseJson", () => {
  it("returns the same as JSON.parse", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("accepts and rejects the same texts as JSON.parse, without repeating them in errors", () => {
    const pieces = fc.constantFrom("[", "]", "{", "}", ",", ":", '"', "\\", "canary", "1", "null", " ");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (words) => {
        const text = words.join("");
        const expected = attempt(() => JSON.parse(text));
        const got = attempt(() => parseJson(text));
        if (!("error" in expected)) return expect(got).toEqual(expected);
        expect(RequestError.isInstance(got.error)).toBe(true);
        expect(String(got.error)).not.toContain("canary");
      }),
    );
  });

  it.each([
    ["[".repeat(65), "malformed", "at most 64 brackets"],
    ['{"a":'.repeat(65), "malformed", "at most 64 brackets"],
    [`[${"1,".repeat(200_000)}1]`, "tooLarge", "at most 200000 values"],
    ["", "malformed", "got none"],
    [" \n", "malformed", "got none"],
    ['{"a": 1 x', "malformed", "at character 8"],
  ])("says what is wrong", (text, type, message) => {
    const { error } = attempt(() => parseJson(text)) as { error: RequestError };
    expect(error.type).toBe(type);
    expect(error.message).toContain(message);
  });

  it("does not count brackets in strings", () => {
    const text = JSON.stringify({ [`${"[{,".repeat(100_000)}\\"`]: `\\\\${'"['.repeat(100_000)}` });
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });
});

function attempt(run: () => unknown): { readonly value?: unknown; readonly error?: unknown } {
  try {
    return { value: run() };
  } catch (error) {
    return { error };
  }
}
