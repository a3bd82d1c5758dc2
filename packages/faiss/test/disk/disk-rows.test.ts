import { mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { DiskRows } from "../../src/disk/disk-rows.js";
import { IndexDisposedError } from "../../src/errors/index-disposed-error.js";
import { type SharedFile, shareFile } from "../../src/io/shared-file.js";
import { PlainRowStore } from "../../src/kernels/plain-row-store.js";
import { positionRange } from "../../src/kernels/position-range.js";
import type { RowStore } from "../../src/kernels/row-store.js";
import { bitmapOf } from "../bitmap-of.js";

const DIMENSIONS = 3;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "disk-rows-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Rows in the middle of a file. */
async function stored(
  rows: Float32Array,
  before = 7,
): Promise<{ rows: DiskRows; path: string; file: SharedFile }> {
  const path = join(folder, `rows-${(await readdir(folder)).length}`);
  await writeFile(
    path,
    Buffer.concat([Buffer.alloc(before), Buffer.from(rows.slice().buffer), Buffer.alloc(9)]),
  );
  const file = await shareFile(await open(path), path);
  const count = rows.length / DIMENSIONS;
  return { rows: new DiskRows(DIMENSIONS, { file, offset: before, count }, folder), path, file };
}

const changes = fc.array(
  fc.oneof(
    fc.record({ append: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ truncate: fc.nat({ max: 20 }) }),
    fc.record({ keep: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }) }),
    fc.record({ share: fc.constantFrom("go on with the copy", "go on with the original") }),
  ),
  { maxLength: 8 },
);

describe("rows on disk", () => {
  it("equal rows in memory after any steps", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 6 }), changes, async (count, steps) => {
        const given = randomVectors(count, DIMENSIONS, 1);
        let rows: RowStore = (await stored(given)).rows;
        const model = new PlainRowStore(DIMENSIONS);
        model.append(given);
        const others: { store: RowStore; expected: Float32Array }[] = [];
        for (const [i, step] of steps.entries()) {
          if ("append" in step) {
            const added = randomVectors(step.append, DIMENSIONS, i);
            await rows.append(added);
            model.append(added);
          } else if ("truncate" in step) {
            rows.truncate(step.truncate);
            model.truncate(step.truncate);
          } else if ("keep" in step) {
            const kept = bitmapOf(
              20,
              positionRange(0, 20).filter((position) => step.keep[position]),
            );
            await rows.retain(kept);
            await model.retain(kept);
          } else {
            const copy = rows.share!();
            others.push({
              store: step.share === "go on with the copy" ? rows : copy,
              expected: model.copyRows(0, model.count),
            });
            if (step.share === "go on with the copy") rows = copy;
          }
        }
        others.push({ store: rows, expected: model.copyRows(0, model.count) });
        for (const { store, expected } of others) {
          expect(store.copyRows(0, store.count)).toEqual(expected);
          const some = positionRange(0, store.count).filter((i) => i % 3 !== 1);
          expect([...(await store.fetchRows!(some))]).toEqual(
            [...some].flatMap((i) => [...expected.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS)]),
          );
        }
        const queries = randomVectors(2, DIMENSIONS, 99);
        const request = { metric: "l2", queries, k: 3, allowed: bitmapOf(20, [0, 2, 3, 5, 8, 9]) } as const;
        const [found, right] = [await rows.scan(request), await model.scan(request)];
        expect(found.map((best) => best.sorted())).toEqual(right.map((best) => best.sorted()));
        for (const { store } of others) store.dispose!();
      }),
      { numRuns: 40 },
    );
  });

  it("leave no file behind, and are written to the given folder", async () => {
    const rows = new DiskRows(DIMENSIONS, undefined, folder);
    await rows.append(randomVectors(4, DIMENSIONS, 1));
    if (process.platform !== "win32") expect(await readdir(folder)).toEqual([]);
    rows.dispose();
    const nowhere = new DiskRows(DIMENSIONS, undefined, join(folder, "missing"));
    await expect(nowhere.append(randomVectors(1, DIMENSIONS, 1))).rejects.toMatchObject({
      name: "FileWriteError",
      code: "ENOENT",
      path: expect.stringContaining("missing"),
    });
    expect(nowhere.count).toBe(0);
  });

  it("do not change if their file is removed or replaced", async () => {
    const given = randomVectors(9, DIMENSIONS, 2);
    const { rows, path } = await stored(given);
    await rm(path);
    await writeFile(path, "something else");
    expect(await rows.fetchRows(Uint32Array.of(0, 8))).toEqual(
      Float32Array.of(...given.subarray(0, 3), ...given.subarray(24)),
    );
    rows.dispose();
  });

  it.each([
    ["shorter", (handle: { truncate(bytes: number): Promise<void> }) => handle.truncate(20), "shorter"],
    ["other", (handle: { write(text: string): Promise<unknown> }) => handle.write("x"), "has changed"],
  ])("throw if their file becomes %s", async (_, change, message) => {
    const { rows, path } = await stored(randomVectors(9, DIMENSIONS, 2));
    const handle = await open(path, "r+");
    // The clock of a file system may change only every few milliseconds.
    await handle.utimes(new Date(0), new Date(0));
    await change(handle as never);
    await handle.close();
    const error = { name: "IndexFileError", path, message: expect.stringContaining(message) };
    await expect(rows.fetchRows(Uint32Array.of(8))).rejects.toMatchObject(error);
    expect(() => rows.copyRows(8, 9)).toThrow(message);
    rows.dispose();
  });

  it("close their file after the last store that shares it is disposed and reads are done", async () => {
    const { rows, file } = await stored(randomVectors(500, DIMENSIONS, 2));
    const copy = rows.share();
    const reading = copy.fetchRows(positionRange(0, 250).map((i) => 2 * i));
    rows.dispose();
    rows.dispose();
    expect(file.users).toBe(2);
    copy.dispose();
    expect((await reading).length).toBe(250 * DIMENSIONS);
    expect(file.users).toBe(0);
    await expect(copy.fetchRows(Uint32Array.of(0))).rejects.toThrow(IndexDisposedError);
    expect(() => copy.copyRows(0, 1)).toThrow(IndexDisposedError);
  });

  it("are not read further after an abort", async () => {
    const { rows } = await stored(randomVectors(500, DIMENSIONS, 2));
    const positions = positionRange(0, 250).map((i) => 2 * i);
    await expect(rows.fetchRows(positions, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    const abort = new AbortController();
    const reading = rows.fetchRows(positions, abort.signal);
    abort.abort(new Error("too late"));
    await expect(reading).rejects.toThrow("too late");
    rows.dispose();
  });
});
