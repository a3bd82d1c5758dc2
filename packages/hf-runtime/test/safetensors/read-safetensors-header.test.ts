import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { MalformedSafetensorsError } from "../../src/errors/malformed-safetensors-error.js";
import { readSafetensorsHeader } from "../../src/safetensors/read-safetensors-header.js";

interface LayoutGolden {
  readonly name: string;
  /** Base64. */
  readonly file: string;
  /** Names in order; null if the reference throws. */
  readonly tensors: readonly string[] | null;
}

const GOLDEN = join(__dirname, "../goldens/files/safetensors-layouts.json");
const { cases } = JSON.parse(readFileSync(GOLDEN, "utf8")) as { readonly cases: readonly LayoutGolden[] };

const folder = mkdtempSync(join(tmpdir(), "safetensors-"));
const path = join(folder, "model.safetensors");
afterAll(() => rmSync(folder, { recursive: true }));

const read = (file: Uint8Array) => {
  writeFileSync(path, file);
  return readSafetensorsHeader(path);
};

/** A file with tensors of bytes at given positions. */
function fileOf(places: readonly (readonly [begin: number, end: number])[], dataBytes: number): Buffer {
  const entries = places.map(([begin, end], i) => [
    `t${i}`,
    { dtype: "U8", shape: [end - begin], data_offsets: [begin, end] },
  ]);
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

describe("a safetensors file", () => {
  it.each(cases)("of $name is read or rejected like in the reference", async ({ file, tensors }) => {
    const reading = read(Buffer.from(file, "base64"));
    if (tensors === null) await expect(reading).rejects.toThrow(MalformedSafetensorsError);
    else expect((await reading).map(({ name }) => name).sort()).toEqual([...tensors]);
  });

  it("throws for a gap, an overlap and trailing bytes, with the tensor and the position", async () => {
    const first = [0, 4] as const;
    await expect(read(fileOf([first, [6, 8]], 8))).rejects.toThrow(
      'a hole before tensor "t1", which starts at byte 6 of the data instead of 4',
    );
    await expect(read(fileOf([first, [2, 8]], 8))).rejects.toThrow('an overlap at tensor "t1"');
    await expect(read(fileOf([first], 7))).rejects.toThrow("its tensors end 3 bytes before the file does");
  });

  it("is valid if and only if its tensors cover its data without overlap, in any order", async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer(), fc.integer({ min: -3, max: 3 }), async (lengths, seed, shift) => {
        let end = 0;
        const places = lengths.map((length): [number, number] => {
          end += length;
          return [end - length, end];
        });
        const moved = Math.abs(seed) % places.length;
        const [begin, stop] = places[moved]!;
        const isMoved = shift !== 0 && begin + shift >= 0 && stop + shift <= end + 3 && stop > begin;
        if (isMoved) places[moved] = [begin + shift, stop + shift];
        const order = seed < 0 ? places.reverse() : places;
        const reading = read(fileOf(order, end));
        if (isMoved) await expect(reading).rejects.toThrow(MalformedSafetensorsError);
        else await expect(reading).resolves.toHaveLength(places.length);
      }),
      { numRuns: 100 },
    );
  });
});
