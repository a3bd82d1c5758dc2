import { describe, expect, it } from "@jest/globals";
import { fromBfloat16 } from "../../src/safetensors/from-bfloat16.js";
import { fromFloat16 } from "../../src/safetensors/from-float16.js";

describe("Half-precision weights", () => {
  it("are read as float16", () => {
    const halves = [0x3c00, 0xc000, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x3555, 0x7c00, 0xfc00, 0x8000];
    const third = 1365 / 4096;
    const values = [1, -2, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504, third, Infinity, -Infinity, -0];
    expect([...fromFloat16(Uint16Array.from(halves))]).toEqual(values);
    expect(fromFloat16(Uint16Array.of(0x7e00))[0]).toBeNaN();
  });

  it("are read as bfloat16", () => {
    expect([...fromBfloat16(Uint16Array.of(0x3f80, 0xc000, 0x4049, 0xff80))]).toEqual([
      1,
      -2,
      3.140625,
      -Infinity,
    ]);
  });
});
