import { describe, expect, it } from "@jest/globals";
import { nullish, string } from "valibot";
import { MalformedModelFileError } from "../../src/errors/malformed-model-file-error.js";
import { checkJson } from "../../src/json/check-json.js";
import { fields } from "../../src/json/fields.js";
import { listOf } from "../../src/json/list-of.js";
import { mapOf } from "../../src/json/map-of.js";
import { objectOf } from "../../src/json/object-of.js";
import { pickOf } from "../../src/json/pick-of.js";

const schema = objectOf({
  name: string(),
  size: fields.size,
  side: fields.side,
  ids: nullish(mapOf(fields.isTokenId, { whole: "an object of ids", item: fields.tokenIdText })),
  texts: nullish(listOf(fields.isText, { whole: "a list of texts", item: "a text" })),
  inner: nullish(pickOf({ flag: fields.flag })),
});

const check = (value: unknown) => checkJson("acme/model", "some.json", schema, value);

describe("checkJson", () => {
  it.each<[value: unknown, key: string | undefined, expected: string, got: string]>([
    [[], undefined, "an object", "[]"],
    [null, undefined, "an object", "null"],
    ["{}", undefined, "an object", '"{}"'],
    [{}, "name", "there", "nothing"],
    [{ name: 3 }, "name", "a string", "3"],
    [{ name: "a", size: 0 }, "size", "an integer from 1 to 2147483647", "0"],
    [{ name: "a", size: 1e308 }, "size", "an integer from 1 to 2147483647", "1e+308"],
    [{ name: "a", size: Number.NaN }, "size", "an integer from 1 to 2147483647", "NaN"],
    [{ name: "a", side: "up" }, "side", '"left" or "right"', '"up"'],
    [{ name: "a", ids: [] }, "ids", "an object of ids", "[]"],
    [{ name: "a", ids: { b: 1, c: -1 } }, "ids.c", fields.tokenIdText, "-1"],
    [{ name: "a", ids: { b: 2 ** 31 } }, "ids.b", fields.tokenIdText, "2147483648"],
    [{ name: "a", texts: ["b", { c: 1 }] }, "texts.1", "a text", "an object"],
    [{ name: "a", inner: { flag: 1 } }, "inner.flag", "true or false", "1"],
  ])("names the wrong key in %j, what was expected and what it got", (value, key, expected, got) => {
    const error = (() => {
      try {
        check(value);
      } catch (thrown) {
        return thrown as MalformedModelFileError;
      }
      throw new Error("nothing was thrown");
    })();
    expect(error).toBeInstanceOf(MalformedModelFileError);
    expect(error).toMatchObject({ model: "acme/model", path: "some.json", key, expected, got });
    const place = key === undefined ? '"some.json"' : `"${key}" in "some.json"`;
    expect(error.message).toContain(
      `Expected ${place} of model "acme/model" to be ${expected}, got ${got}. Was it cut`,
    );
  });

  it("reads null as a missing value, as Python does, and keeps unknown keys", () => {
    const value = { name: "a", size: null, ids: null, more: { deep: [1] } };
    expect(check(value)).toEqual(value);
  });

  it("keeps every key of a map, whatever its name", () => {
    const ids = JSON.parse('{"constructor": 1, "__proto__": 2, "toString": 3}') as object;
    expect(Object.entries(check({ name: "a", ids }).ids!)).toEqual(Object.entries(ids));
  });

  it("drops keys that pickOf does not name", () => {
    expect(check({ name: "a", inner: { flag: true, other: 1 } }).inner).toEqual({ flag: true });
  });

  it("shortens a long key in the error", () => {
    const ids = { ["k".repeat(1_000_000)]: "x" };
    expect(() => check({ name: "a", ids })).toThrow(/^Expected "ids\.k{196}…" in/);
  });
});
