import { describe, expect, it } from "@jest/globals";
import { maxPooledBytes } from "../../src/session/max-pooled-bytes.js";

const GIB = 2 ** 30;

describe("maxPooledBytes", () => {
  it("is a sixteenth of the free memory, and at least 256 MiB", () => {
    expect(maxPooledBytes(32 * GIB)).toBe(2 * GIB);
    expect(maxPooledBytes(4 * GIB)).toBe(GIB / 4);
    expect(maxPooledBytes(GIB / 4)).toBe(GIB / 4);
  });

  it("reads the free memory of this machine", () => {
    expect(maxPooledBytes()).toBeGreaterThanOrEqual(GIB / 4);
    expect(maxPooledBytes()).toBeLessThan(2 ** 50);
  });
});
