import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { readZipDirectory } from "../../src/torch/read-zip-directory.js";

const root = mkdtempSync(join(tmpdir(), "zip-directory-"));
afterAll(() => rmSync(root, { recursive: true }));

const LONG = 0xffffffff;

/** A 64-bit number. */
function long(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function record(
  bytes: number,
  fields: readonly (readonly [offset: number, value: number, size: 2 | 4 | 8])[],
): Buffer {
  const made = Buffer.alloc(bytes);
  for (const [offset, value, size] of fields) {
    if (size === 2) made.writeUInt16LE(value, offset);
    else if (size === 4) made.writeUInt32LE(value, offset);
    else made.writeBigUInt64LE(BigInt(value), offset);
  }
  return made;
}

describe("The directory of a zip archive", () => {
  it("may have entries beyond 4 GB", async () => {
    const path = join(root, "large.zip");
    const handle = await open(path, "w+");
    const length = 5 * 2 ** 30;
    const name = Buffer.from("archive/data/0");
    const later = Buffer.from("archive/data.pkl");
    const local = (file: Buffer) =>
      Buffer.concat([
        record(30, [
          [0, 0x04034b50, 4],
          [26, file.length, 2],
        ]),
        file,
      ]);
    const central = (file: Buffer, size: number, offset: number) => {
      const longs = [...(size > LONG ? [size, size] : []), ...(offset > LONG ? [offset] : [])];
      const extra = Buffer.concat([
        record(4, [
          [0, 1, 2],
          [2, longs.length * 8, 2],
        ]),
        ...longs.map(long),
      ]);
      const other = record(6, [
        [0, 0x4246, 2],
        [2, 2, 2],
      ]);
      const fixed = record(46, [
        [0, 0x02014b50, 4],
        [20, Math.min(size, LONG), 4],
        [24, Math.min(size, LONG), 4],
        [28, file.length, 2],
        [30, other.length + extra.length, 2],
        [42, Math.min(offset, LONG), 4],
      ]);
      return Buffer.concat([fixed, file, other, extra]);
    };
    try {
      // The first entry is a hole in the file, which needs no disk space.
      await handle.write(local(name), 0, undefined, 0);
      const second = 30 + name.length + length;
      const start = second + 30 + later.length + 7;
      const directory = Buffer.concat([central(name, length, 0), central(later, 7, second)]);
      const end = record(56, [
        [0, 0x06064b50, 4],
        [4, 44, 8],
        [24, 2, 8],
        [32, 2, 8],
        [40, directory.length, 8],
        [48, start, 8],
      ]);
      const locator = record(20, [
        [0, 0x07064b50, 4],
        [8, start + directory.length, 8],
        [16, 1, 4],
      ]);
      const last = record(22, [
        [0, 0x06054b50, 4],
        [8, 2, 2],
        [10, 2, 2],
        [12, directory.length, 4],
        [16, LONG, 4],
      ]);
      await handle.write(
        Buffer.concat([local(later), Buffer.alloc(7), directory, end, locator, last]),
        0,
        undefined,
        second,
      );
      const { size } = await handle.stat();
      const fail = (reason: string) => {
        throw new Error(reason);
      };
      expect(await readZipDirectory(handle, size, fail)).toEqual([
        { name: "archive/data/0", offset: 30 + name.length, length, isPlain: true },
        { name: "archive/data.pkl", offset: second + 30 + later.length, length: 7, isPlain: true },
      ]);
    } finally {
      await handle.close();
    }
  });
});
