import { describe, expect, it } from "@jest/globals";
import { describeValue } from "../../src/errors/describe-value.js";
import { InvalidOptionError } from "../../src/errors/invalid-option-error.js";
import { OverloadedError } from "../../src/errors/overloaded-error.js";
import { SecondpassError } from "../../src/errors/secondpass-error.js";
import { UnknownOptionError } from "../../src/errors/unknown-option-error.js";

describe("SecondpassError", () => {
  it("is recognised by its marker, also from another copy of the package", () => {
    class OtherCopy extends Error {
      readonly secondpass = true;
    }
    expect(SecondpassError.isInstance(new InvalidOptionError("k", "a positive integer", 0))).toBe(true);
    expect(SecondpassError.isInstance(new OtherCopy())).toBe(true);
    expect(SecondpassError.isInstance(new Error("other"))).toBe(false);
    expect(SecondpassError.isInstance({ secondpass: true })).toBe(false);
  });
});

describe("isInstance of a class below the root", () => {
  class PackageError extends SecondpassError {
    override readonly name: string = "PackageError";
    static readonly package = "@secondpass/some";
    readonly package = PackageError.package;
  }
  class FileError extends PackageError {
    override readonly name = "FileError";
  }
  /** As another copy of the packages would make it. */
  const copy = (name: string) =>
    Object.assign(new Error("from a copy"), { name, secondpass: true, package: "@secondpass/some" });

  it("recognises errors of its class and of subclasses, also of another copy", () => {
    expect(PackageError.isInstance(new FileError())).toBe(true);
    expect(PackageError.isInstance(copy("FileError"))).toBe(true);
    expect(FileError.isInstance(new FileError())).toBe(true);
    expect(FileError.isInstance(copy("FileError"))).toBe(true);
  });

  it("does not recognise other errors", () => {
    expect(FileError.isInstance(new PackageError())).toBe(false);
    expect(FileError.isInstance(copy("OtherError"))).toBe(false);
    expect(InvalidOptionError.isInstance(new FileError())).toBe(false);
    expect(PackageError.isInstance(new InvalidOptionError("k", "a number", "1"))).toBe(false);
    expect(PackageError.isInstance({ ...copy("PackageError") })).toBe(false);
  });
});

describe("InvalidOptionError", () => {
  it("says what was expected, what came and what to do", () => {
    const error = new InvalidOptionError("topN", "a positive integer", "3", "Give a number.");
    expect(error).toMatchObject({
      name: "InvalidOptionError",
      option: "topN",
      expected: "a positive integer",
      value: "3",
      message: 'Expected `topN` to be a positive integer, got "3". Give a number.',
    });
  });
});

describe("UnknownOptionError", () => {
  it("names the nearest option and all others", () => {
    expect(new UnknownOptionError("top_n", "Reranker", ["model", "topN"], "topN").message).toBe(
      "Reranker has no option `top_n`. Did you mean `topN`? Its options are model, topN.",
    );
  });
});

describe("describeValue", () => {
  class FaissStore {}
  it.each<[unknown, string]>([
    ["text", '"text"'],
    ["two\nlines", '"two\\nlines"'],
    ["a".repeat(100), `"${"a".repeat(60)}…"`],
    [-0.5, "-0.5"],
    [Number.NaN, "NaN"],
    [12n, "12n"],
    [undefined, "undefined"],
    [null, "null"],
    [true, "true"],
    [Symbol("s"), "Symbol(s)"],
    [() => 1, "a function"],
    [{ apiKey: "secret" }, "an object"],
    [Object.create(null), "an object"],
    [new FaissStore(), "a FaissStore"],
    [new Error("text"), "an Error"],
    [Promise.resolve(1), "a Promise"],
    [[1, "b", [2], {}], '[1, "b", […], …]'],
    [[], "[]"],
  ])("shows %p as %s", (value, expected) => {
    expect(describeValue(value)).toBe(expected);
  });
});

describe("OverloadedError", () => {
  it("states the limit, the outstanding work, and when to try again", () => {
    const error = new OverloadedError("some/model", {
      limit: 1000,
      outstanding: 1200,
      unit: "tokens",
      option: "maxQueuedTokens",
      retryAfterMs: 1500,
    });
    expect(error.message).toBe(
      "some/model has too much to do: expected at most 1000 tokens outstanding, got 1200. " +
        "Try again in 2 s, or raise `maxQueuedTokens`.",
    );
    expect(error).toMatchObject({ limit: 1000, outstanding: 1200, unit: "tokens", retryAfterMs: 1500 });
    expect(OverloadedError.isInstance(error)).toBe(true);
    expect(new OverloadedError("The server", { limit: 1, outstanding: 2, unit: "requests" }).message).toBe(
      "The server has too much to do: expected at most 1 requests outstanding, got 2. Try again later.",
    );
  });
});
