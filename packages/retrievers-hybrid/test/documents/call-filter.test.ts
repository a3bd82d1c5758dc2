import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { callFilter } from "../../src/documents/call-filter.js";

describe("callFilter", () => {
  it("throws the error of a promise that was rejected during a pause, or of a later call", async () => {
    const documents = Array.from({ length: 3 }, (_, i) => new Document({ id: `${i}`, pageContent: "" }));
    const failing = new Error("not allowed");
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    try {
      const rejected = callFilter(
        async () => {
          // Longer than a slice, so that a pause follows.
          const end = performance.now() + 10;
          while (performance.now() < end);
          throw failing;
        },
        documents,
        undefined,
      );
      await expect(rejected).rejects.toBe(failing);
      const thrown = callFilter(
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
