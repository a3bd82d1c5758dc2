import { describe, expect, it } from "@jest/globals";
import { linesShape, plainTextOf } from "../../../web/src/text/shape.js";

describe("linesShape", () => {
  it("has each line, and none after the last line break", () => {
    const linesOf = (text: string) =>
      linesShape(text).children.map(({ start, end }) => text.slice(start, end));
    expect(linesOf("one\n\n two\n")).toEqual(["one", "", " two"]);
    expect(linesOf("one\ntwo")).toEqual(["one", "two"]);
    expect(plainTextOf(linesShape("one\ntwo"), "one\ntwo")).toBe("one\ntwo\n\n");
  });
});
