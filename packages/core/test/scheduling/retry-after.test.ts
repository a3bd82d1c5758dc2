import { describe, expect, it } from "@jest/globals";
import { retryAfter } from "../../src/scheduling/retry-after.js";

const NOW = Date.UTC(2026, 10, 29, 12);

describe("retryAfter", () => {
  it.each<[string | null, number | undefined]>([
    ["0", 0],
    ["3", 3000],
    [" 1.5 ", 1500],
    ["Sun, 29 Nov 2026 12:00:07 GMT", 7000],
    ["Sun, 29 Nov 2026 11:00:00 GMT", 0],
    [null, undefined],
    ["", undefined],
    ["-1", undefined],
    ["1e3", undefined],
    ["NaN", undefined],
    ["Infinity", undefined],
    ["soon", undefined],
    ["1.2.3", undefined],
  ])("%p is %p ms", (header, expected) => {
    expect(retryAfter(header, NOW)).toBe(expected);
  });
});
