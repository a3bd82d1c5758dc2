import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { build } from "esbuild";
import { type CrashPlace, mountSmall } from "./crash/crash-place.js";
import { CrashProcess, type CrashProcessOptions } from "./crash/crash-process.js";
import { crashRounds } from "./crash/crash-rounds.js";
import type { CrashWriter } from "./crash/crash-writer.js";
import { seededRandom } from "./random-vectors.js";
import { slowLength } from "./slow-length.js";

/** Multiple to which a small file system rounds up the size of a file. */
const PAGE_BYTES = 4096;

/**
 * Tests writers of files by killing processes that write the same files. No written version may be lost, half-written or mixed, even for a
 * process that reads all the time, and no temporary files may be left. 300 rounds for each writer at full length, a few in `npm test`.
 *
 * Writers are listed in a table: the export `CRASH_WRITERS` of a file in a package's tests.
 * @param table path of that file; it is bundled for the processes
 * @param place a harder environment for the processes, such as a disk that is nearly full, in `*.services.test.ts`. @default a folder on this machine
 */
export function crashSuite(
  table: string,
  writers: Readonly<Record<string, CrashWriter>>,
  place?: CrashPlace,
): void {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "secondpass-crash-"));
    const entryPoints = [table];
    await build({
      entryPoints,
      outfile: join(root, "table.cjs"),
      bundle: true,
      platform: "node",
      format: "cjs",
    });
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  const title = `%s, written by processes that are killed${place ? ` ${place.title}` : ""}`;
  describe.each(Object.entries(writers))(title, (writer, rules) => {
    const processes = () => ({ table: join(root, "table.cjs"), writer, place });
    let folder: string;
    let unmount: (() => void) | undefined;
    beforeEach(async () => {
      folder = await mkdtemp(join(root, "folder-"));
      if (place?.roomFor === undefined) return;
      const bytes = await bytesOfOneVersion({ ...processes(), folder });
      unmount = mountSmall(folder, place.roomFor * bytes);
    });
    afterEach(() => {
      unmount?.();
      return rm(folder, { recursive: true, force: true });
    });

    it.each([
      [2, slowLength({ short: place ? 1 : 2, full: 150 })],
      [4, slowLength({ short: 1, full: 150 })],
    ])(
      "is never lost with %i savers",
      async (savers, rounds) => {
        const options = { ...processes(), rules, folder, savers, rounds };
        expect(await crashRounds({ ...options, random: seededRandom(savers) })).toEqual([]);
        const left = (await readdir(folder)).filter(
          (name) => !(place?.keepsUnfinished && name.endsWith(".tmp")),
        );
        if (rules.entries) expect(left.sort()).toEqual([...rules.entries].sort());
      },
      1_800_000,
    );
  });
}

/** Writes a version, and removes it. @returns the size of its files in bytes */
async function bytesOfOneVersion(options: Omit<CrashProcessOptions, "id">): Promise<number> {
  const process = new CrashProcess({ ...options, id: "first" });
  await process.ready;
  await process.finish("once");
  await process.kill();
  const paths = (await readdir(options.folder, { recursive: true })).map((name) =>
    join(options.folder, name),
  );
  const sizes = await Promise.all(
    paths.map(async (path) => Math.ceil((await stat(path)).size / PAGE_BYTES) * PAGE_BYTES),
  );
  await Promise.all(
    (await readdir(options.folder)).map((name) => rm(join(options.folder, name), { recursive: true })),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
