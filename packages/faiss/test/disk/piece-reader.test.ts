import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { PieceReader } from "../../src/disk/piece-reader.js";
import { type SharedFile, shareFile } from "../../src/io/shared-file.js";

const BYTES = Uint8Array.from({ length: 4000 }, (_, i) => i * 7);
const LENGTH = 40;

let folder: string;
let file: SharedFile;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "piece-reader-"));
  const path = join(folder, "file");
  await writeFile(path, BYTES);
  file = await shareFile(await open(path), path);
});
afterEach(async () => {
  await file.release();
  await rm(folder, { recursive: true });
});

/** Two checks of the clock for each synchronous read; each read takes as long as `ms` says then. */
function clock() {
  const state = { ms: 0, looks: 0, time: 0 };
  const now = () => {
    if (state.looks++ % 2 === 1) state.time += state.ms;
    return state.time;
  };
  return { state, now };
}

/** Reads every other piece of the file. @returns whether reads were quick */
async function readSome(reader: PieceReader): Promise<boolean> {
  const pieces = Array.from({ length: 50 }, (_, i) => ({
    file,
    offset: i * 2 * LENGTH,
    target: new Uint8Array(LENGTH),
  }));
  const isQuick = await reader.read(pieces, undefined);
  for (const { offset, target } of pieces) expect(target).toEqual(BYTES.slice(offset, offset + LENGTH));
  return isQuick;
}

describe("PieceReader", () => {
  it("reads synchronously while reads are quick", async () => {
    const { state, now } = clock();
    const reader = new PieceReader(now);
    for (let call = 1; call <= 3; call++) {
      expect(await readSome(reader)).toBe(true);
      expect(state.looks).toBe(call * 100);
    }
  });

  it("stops after one slow read, and tries again after 1, 2, 4 … and at most 64 calls", async () => {
    const { state, now } = clock();
    const reader = new PieceReader(now);
    state.ms = 5;
    const tries: number[] = [];
    for (let call = 0; call < 200; call++) {
      const before = state.looks;
      expect(await readSome(reader)).toBe(false);
      // One read, of two looks.
      if (state.looks > before) tries.push(call);
      expect(state.looks - before).toBeLessThanOrEqual(2);
    }
    expect(tries).toEqual([0, 2, 5, 10, 19, 36, 69, 134, 199]);
    state.ms = 0;
    for (let call = 0; call < 64; call++) await readSome(reader);
    expect([await readSome(reader), await readSome(reader)]).toEqual([true, true]);
  });

  it("reads nothing after an abort", async () => {
    const target = new Uint8Array(LENGTH);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(new PieceReader().read([{ file, offset: 80, target }], signal)).rejects.toThrow("enough");
    expect(target).toEqual(new Uint8Array(LENGTH));
  });
});
