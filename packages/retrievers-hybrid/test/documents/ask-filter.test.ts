import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { askFilter } from "../../src/documents/ask-filter.js";

describe("askFilter", () => {
  it("throws what was rejected while it paused, and what was thrown after that", async () => {
    const documents = Array.from({ length: 3 }, (_, i) => new Document({ id: `${i}`, pageContent: "" }));
    const failing = new Error("not allowed");
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    try {
      const rejected = askFilter(
        async () => {
          // Longer than a slice of work, so that a pause follows.
          const end = performance.now() + 10;
          while (performance.now() < end);
          throw failing;
        },
        documents,
        undefined,
      );
      await expect(rejected).rejects.toBe(failing);
      const thrown = askFilter(
        ({ id }) => {
          if (id === "2") throw new Error("later");
          return Promise.reject(failing);
        },
        documents,
        undefined,
      );
      await expect(thrown).rejects.toThrow("later");
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off("unhandledRejection", note);
    }
    expect(unhandled).toEqual([]);
  });
});
