import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { InvalidOptionError } from "../../src/errors/invalid-option-error.js";
import { UnknownOptionError } from "../../src/errors/unknown-option-error.js";
import { checkBoolean } from "../../src/options/check-boolean.js";
import { checkCount } from "../../src/options/check-count.js";
import { checkHasMethod } from "../../src/options/check-has-method.js";
import { checkKnownOptions } from "../../src/options/check-known-options.js";
import { checkNumber } from "../../src/options/check-number.js";
import { checkOneOf } from "../../src/options/check-one-of.js";
import { checkPositiveInteger } from "../../src/options/check-positive-integer.js";
import { nearestName } from "../../src/options/nearest-name.js";
import { pickOptions } from "../../src/options/pick-options.js";

const NAMES = ["model", "topN", "scoreThreshold", "chunkOverlap", "chunkSize"];

describe("nearestName", () => {
  it.each([
    ["top_n", "topN"],
    ["topn", "topN"],
    ["chunk_size", "chunkSize"],
    ["chunkSzie", "chunkSize"],
    ["chunkoverlp", "chunkOverlap"],
    ["scoreTreshold", "scoreThreshold"],
    ["mdoel", "model"],
  ])("finds for %s %s", (name, expected) => {
    expect(nearestName(name, NAMES)).toBe(expected);
  });

  it.each(["temperature", "x", "", "apiKey"])("finds nothing that resembles %p", (name) => {
    expect(nearestName(name, NAMES)).toBeUndefined();
  });

  it("finds each name, also with one letter missing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.nat(), (name, at) => {
        const cut = at % name.length;
        return (
          nearestName(name, NAMES) === name &&
          nearestName(name.slice(0, cut) + name.slice(cut + 1), NAMES) === name
        );
      }),
    );
  });

  it("needs bounded time for long names", () => {
    expect(nearestName("x".repeat(10_000_000), NAMES)).toBeUndefined();
  });
});

describe("checkKnownOptions", () => {
  it("accepts no options and known ones", () => {
    checkKnownOptions(undefined, NAMES, "Reranker");
    checkKnownOptions({}, NAMES, "Reranker");
    checkKnownOptions({ topN: 3, model: undefined }, NAMES, "Reranker");
  });

  it("names an unknown option and the one that it resembles", () => {
    const check = () => checkKnownOptions({ model: 1, top_n: 3 }, NAMES, "Reranker");
    expect(check).toThrow(UnknownOptionError);
    expect(check).toThrow("Reranker has no option `top_n`. Did you mean `topN`?");
  });

  it("does not know the names of Object.prototype", () => {
    expect(() => checkKnownOptions({ toString: 1 }, NAMES, "Reranker")).toThrow(UnknownOptionError);
  });

  it.each([null, 3, "topN", [], () => 1])("throws if the options are %p", (options) => {
    expect(() => checkKnownOptions(options, NAMES, "Reranker")).toThrow(InvalidOptionError);
  });
});

describe("checks of values", () => {
  it.each([1, 20, Number.POSITIVE_INFINITY])("%p is a count", (value) => {
    expect(checkCount("k", value)).toBe(value);
  });
  it.each([0, -1, 1.5, Number.NaN, "3", undefined, null])("%p is not a count", (value) => {
    expect(() => checkCount("k", value)).toThrow(
      "Expected `k` to be a positive integer (Infinity for all), got",
    );
  });
  it.each([0, 1.5, Number.POSITIVE_INFINITY, Number.NaN, 3n, "3"])(
    "%p is not a positive integer",
    (value) => {
      expect(() => checkPositiveInteger("batchSize", value)).toThrow(InvalidOptionError);
      expect(checkPositiveInteger("batchSize", 4)).toBe(4);
    },
  );
  it.each([Number.POSITIVE_INFINITY, Number.NaN, "0.5", undefined])("%p is not a finite number", (value) => {
    expect(() => checkNumber("threshold", value)).toThrow(InvalidOptionError);
    expect(checkNumber("threshold", -0.5)).toBe(-0.5);
  });
  it("lists the possible values, and the nearest one", () => {
    expect(checkOneOf("metric", "l2", ["l2", "cosine"])).toBe("l2");
    expect(() => checkOneOf("metric", "cosin", ["l2", "cosine"])).toThrow(
      'Expected `metric` to be "l2" or "cosine", got "cosin". Did you mean "cosine"?',
    );
    expect(() => checkOneOf("metric", "cosin", ["l2", "cosine", "ip"])).toThrow(
      'Expected `metric` to be one of "l2", "cosine", "ip", got "cosin". Did you mean "cosine"?',
    );
  });
});

describe("checkHasMethod", () => {
  it("returns a value with one of the methods, its own or inherited", () => {
    class Retriever {
      invoke() {}
    }
    const retriever = new Retriever();
    expect(checkHasMethod("baseRetriever", retriever, ["invoke"], "a retriever")).toBe(retriever);
    const scorer = { score: () => [] };
    expect(checkHasMethod("model", scorer, ["rank", "score"], "a model")).toBe(scorer);
  });

  it.each([
    [undefined, "Expected `model` to be a model, got undefined. Give one."],
    [null, "Expected `model` to be a model, got null. Give one."],
    ["mini", 'Expected `model` to be a model, got "mini". Give one.'],
    [{ score: 1 }, "Expected `model` to be a model, got an object. Give one."],
    [Promise.resolve(1), "Expected `model` to be a model, got a Promise. Await the Promise first."],
  ])("says what to do about %p", (value, message) => {
    expect(() => checkHasMethod("model", value as unknown, ["score"], "a model", "Give one.")).toThrow(
      message,
    );
  });
});

describe("pickOptions", () => {
  it("copies the options with the given names, also undefined ones, and no others", () => {
    const options = Object.freeze({ model: "m", batchSize: 8, revision: undefined });
    expect(pickOptions(options, ["model", "revision", "token"])).toStrictEqual({
      model: "m",
      revision: undefined,
    });
  });

  it("ignores inherited properties", () => {
    expect(pickOptions(Object.create({ model: "m" }), ["model", "toString"])).toStrictEqual({});
  });
});

describe("checkBoolean", () => {
  it("returns true and false, and throws for everything else", () => {
    expect([checkBoolean("stem", true), checkBoolean("stem", false)]).toEqual([true, false]);
    for (const value of [undefined, null, "true", 1]) {
      expect(() => checkBoolean("stem", value)).toThrow("Expected `stem` to be true or false, got");
    }
  });
});
