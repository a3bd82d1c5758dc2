import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { build } from "esbuild";
import { crashRounds } from "./crash/crash-rounds.js";
import type { CrashWriter } from "./crash/crash-writer.js";
import { seededRandom } from "./random-vectors.js";
import { slowLength } from "./slow-length.js";

/**
 * Kills processes that write the same files: nothing that was written may be lost, half-written or mixed, also for a process that
 * reads all the time, and nothing may be left behind. 300 rounds a writer at full length, a few in `npm test`.
 *
 * A writer is a line in a table, the exported `CRASH_WRITERS` of a file in a package's tests.
 * @param table path of that file; it is bundled for the processes
 */
export function crashSuite(table: string, writers: Readonly<Record<string, CrashWriter>>): void {
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

  describe.each(Object.entries(writers))("%s, written by processes that are killed", (writer, rules) => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(root, "folder-"));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it.each([
      [2, slowLength({ short: 2, full: 150 })],
      [4, slowLength({ short: 1, full: 150 })],
    ])(
      "is never lost with %i savers",
      async (savers, rounds) => {
        const options = { table: join(root, "table.cjs"), writer, rules, folder, savers, rounds };
        expect(await crashRounds({ ...options, random: seededRandom(savers) })).toEqual([]);
        if (rules.entries) expect((await readdir(folder)).sort()).toEqual([...rules.entries].sort());
      },
      600_000,
    );
  });
}
