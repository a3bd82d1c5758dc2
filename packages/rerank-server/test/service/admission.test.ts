import { describe, expect, it } from "@jest/globals";
import { RequestError } from "../../src/errors/request-error.js";
import { Admission } from "../../src/service/admission.js";

const errorOf = (run: () => unknown): RequestError => {
  try {
    run();
  } catch (error) {
    if (RequestError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("Expected a RequestError.");
};

describe("Admission", () => {
  it("counts outstanding tokens, and admits a single request that is larger than the limit", () => {
    let outstandingTokens = 0;
    const limits = { concurrentRequests: 10, outstandingTokens: 100 };
    const admission = new Admission(limits, () => ({ outstandingTokens, secondsLeft: 0 }));
    admission.enter(1000);
    outstandingTokens = 1000;
    expect(errorOf(() => admission.enter(1)).status).toBe(429);
    outstandingTokens = 60;
    admission.enter(40);
    expect(errorOf(() => admission.enter(41)).status).toBe(429);
  });

  it("frees the room of a request only once, even if it is ended twice", () => {
    const limits = { concurrentRequests: 1, outstandingTokens: 100 };
    const admission = new Admission(limits, () => ({ outstandingTokens: 0, secondsLeft: 0 }));
    const leave = admission.enter(1);
    expect(errorOf(() => admission.check()).status).toBe(429);
    leave();
    leave();
    expect(admission.requests).toBe(0);
    admission.enter(1);
  });

  it.each([
    [0, 1],
    [0.2, 1],
    [4.1, 5],
    [1e9, 60],
  ])("says when to try again: %d s of work are %d s", (secondsLeft, retryAfterS) => {
    const limits = { concurrentRequests: 1, outstandingTokens: 100 };
    const admission = new Admission(limits, () => ({ outstandingTokens: 90, secondsLeft }));
    expect(errorOf(() => admission.enter(11)).retryAfterS).toBe(retryAfterS);
  });
});
