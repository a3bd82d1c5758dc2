import { describe, expect, it } from "@jest/globals";
import { retryDelay } from "../../src/http/retry-delay.js";

describe("retryDelay", () => {
  it("is random, up to a limit that doubles, and has a maximum", () => {
    expect([1, 2, 3, 5, 6, 60].map((attempts) => retryDelay(attempts, 0, 1))).toEqual([
      500, 1000, 2000, 8000, 8000, 8000,
    ]);
    expect(retryDelay(3, 0, 0)).toBe(0);
  });

  it("is never shorter than the server's Retry-After", () => {
    expect([0, 0.5, 1].map((random) => retryDelay(1, 3000, random))).toEqual([3000, 3250, 3500]);
  });
});
