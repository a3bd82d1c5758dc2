import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ByteReader } from "../../src/io/byte-reader.js";
import { ByteWriter } from "../../src/io/byte-writer.js";
import { NumberReader } from "../../src/io/number-reader.js";

/** Bytes that the reader reads at a time. */
const CHUNK_BYTES = 1 << 18;

/** Writes numbers and texts. @returns the bytes */
async function written(values: readonly (number | string)[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const out = new ByteWriter(async (bytes) => void pieces.push(Uint8Array.from(bytes)));
  for (const value of values) {
    if (typeof value === "number") out.varint(value);
    else out.text(value);
    if (out.isFull) await out.drain();
  }
  await out.drain();
  return Buffer.concat(pieces);
}

function readerOf(bytes: Uint8Array, seen: Uint8Array[] = []): ByteReader {
  const read = async (target: Uint8Array, position: number) =>
    target.set(bytes.subarray(position, position + target.length));
  const keep = (piece: Uint8Array) => void seen.push(Uint8Array.from(piece));
  return new ByteReader({ size: bytes.length, read }, bytes.length, keep, (reason) => new Error(reason));
}

describe("the output of a ByteWriter", () => {
  it("is read correctly, also texts of about a chunk's size", async () => {
    const size = fc.oneof(
      fc.nat(300),
      fc.integer({ min: CHUNK_BYTES - 200, max: CHUNK_BYTES + 200 }),
      fc.integer({ min: 2 * CHUNK_BYTES - 9, max: 2 * CHUNK_BYTES + 9 }),
    );
    const value = fc.oneof(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.nat(200),
      size.map((length) => "é".repeat(length % 2) + "x".repeat(length)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 12 }), async (values) => {
        const bytes = await written(values);
        const seen: Uint8Array[] = [];
        const reader = readerOf(bytes, seen);
        for (const one of values) {
          if (typeof one === "string") expect((await reader.text()) === one).toBe(true);
          else {
            if (reader.isLow) await reader.fill();
            expect(reader.varint()).toBe(one);
          }
        }
        expect(reader.remaining).toBe(0);
        expect(Buffer.concat(seen).equals(bytes)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("is read as thousands of numbers, and ends after them", async () => {
    const number = fc.oneof(fc.nat(200), fc.integer({ min: 0, max: 0xffffffff }));
    const runs = fc.array(fc.tuple(number, fc.nat(5000)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(runs, async (lengths) => {
        const values = lengths.flatMap(([value, times]) => Array.from({ length: times }, () => value));
        const bytes = await written(values);
        const numbers = new NumberReader(readerOf(bytes), (reason) => new Error(reason));
        const read: number[] = [];
        while (numbers.remaining > 0) read.push(await numbers.next());
        expect(read.length).toBe(values.length);
        expect(read.every((value, i) => value === values[i])).toBe(true);
        await expect(numbers.next()).rejects.toThrow("too early");
        // Cut in the middle of a number.
        const cut = new NumberReader(readerOf(Uint8Array.of(1, 200)), (reason) => new Error(reason));
        expect(await cut.next()).toBe(1);
        await expect(cut.next()).rejects.toThrow("too early");
      }),
      { numRuns: 12 },
    );
  });

  it("is damaged if it ends early, or a number is too large", async () => {
    const bytes = await written(["x".repeat(100)]);
    await expect(readerOf(bytes.subarray(0, 50)).text()).rejects.toThrow("too early");
    expect(() => readerOf(Uint8Array.of()).varint()).toThrow("cut off");
    const large = readerOf(Uint8Array.of(255, 255, 255, 255, 127));
    await large.fill();
    expect(() => large.varint()).toThrow("too large");
    await expect(readerOf(Uint8Array.of(1, 255)).text()).rejects.toThrow("UTF-8");
  });
});
