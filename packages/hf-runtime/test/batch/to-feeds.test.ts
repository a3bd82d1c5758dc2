import { describe, expect, it } from "@jest/globals";
import { toFeeds } from "../../src/batch/to-feeds.js";
import { UnsupportedInputError } from "../../src/errors/unsupported-input-error.js";

const batch = {
  rows: 1,
  tokens: 2,
  inputIds: Int32Array.of(250_001, 3),
  attentionMask: Int32Array.of(1, 0),
  typeIds: Int32Array.of(0, 1),
  indices: [0],
  allThreads: false,
};

describe("toFeeds", () => {
  it("gives a model the inputs it declares, in the type it declares", () => {
    const feeds = toFeeds(batch, [
      { name: "input_ids", type: "int64" },
      { name: "token_type_ids", type: "int32" },
    ]);
    expect(feeds).toEqual({
      input_ids: { type: "int64", data: BigInt64Array.of(250_001n, 3n), dims: [1, 2] },
      token_type_ids: { type: "int32", data: Int32Array.of(0, 1), dims: [1, 2] },
    });
  });

  it.each([
    { name: "pixel_values", type: "float32" },
    { name: "input_ids", type: "float32" },
  ])("throws for the input $name of $type", (port) => {
    expect(() => toFeeds(batch, [port])).toThrow(UnsupportedInputError);
    expect(() => toFeeds(batch, [port])).toThrow(port.name);
  });
});
