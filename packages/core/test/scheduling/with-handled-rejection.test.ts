import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { nextTurn } from "../../src/scheduling/next-turn.js";
import { withHandledRejection } from "../../src/scheduling/with-handled-rejection.js";

describe("withHandledRejection", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  beforeEach(() => void process.on("unhandledRejection", note));
  afterEach(() => {
    process.off("unhandledRejection", note);
    unhandled.length = 0;
  });

  it("keeps the error for those who await the promise later", async () => {
    const promise = withHandledRejection(Promise.reject(new RangeError("no")));
    await nextTurn();
    expect(unhandled).toEqual([]);
    await expect(promise).rejects.toThrow(RangeError);
  });

  it("handles the rejection of a thenable that is not a promise", async () => {
    // biome-ignore lint/suspicious/noThenProperty: a thenable on purpose.
    const thenable = { then: (_: unknown, reject: (reason: unknown) => void) => reject("no") };
    const promise = withHandledRejection(thenable as PromiseLike<string>);
    await nextTurn();
    expect(unhandled).toEqual([]);
    await expect(promise).rejects.toBe("no");
  });

  it("returns other values as they are", () => {
    const value = { some: "value" };
    expect(withHandledRejection(value as unknown)).toBe(value);
    expect(withHandledRejection(undefined as unknown)).toBeUndefined();
  });
});
