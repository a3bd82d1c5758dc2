import { describe, expect, it } from "@jest/globals";
import { LongContextReorder } from "../src/long-context-reorder.js";
import { documentsOf, textsOf } from "./list-retriever.js";

describe("LongContextReorder", () => {
  it.each([
    ["", ""],
    ["1", "1"],
    ["12", "21"],
    ["1234", "2431"],
    ["12345", "13542"],
    ["123456789", "135798642"],
  ])("makes %p to %p", async (given, expected) => {
    const documents = Object.freeze(documentsOf(...given));
    expect(textsOf(await new LongContextReorder().transformDocuments(documents)).join("")).toBe(expected);
  });

  it("pipes after a reranker as a Runnable", async () => {
    expect(textsOf(await new LongContextReorder().invoke(documentsOf("1", "2", "3")))).toEqual([
      "1",
      "3",
      "2",
    ]);
  });
});
