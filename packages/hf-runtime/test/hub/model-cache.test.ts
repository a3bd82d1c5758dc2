import { realpath, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import { ModelCache } from "../../src/hub/model-cache.js";
import { COMMIT, CONFIG, HubTestBed, MODEL, WEIGHTS } from "./hub-test-bed.js";

const PATH = "onnx/model.onnx";

describe("the cache of models", () => {
  let bed: HubTestBed;
  let cache: ModelCache;
  beforeEach(async () => {
    bed = await HubTestBed.start();
    cache = new ModelCache({ cacheDir: bed.cacheDir });
  });
  afterEach(() => bed.stop());

  const fetchBoth = async (symlinks: boolean) => {
    const files = await bed.open({}, { symlinks });
    await files.localPath(PATH);
    await files.localPath("config.json");
  };
  const states = async () =>
    Object.fromEntries((await cache.verify(MODEL)).map(({ path, state }) => [path, state]));

  it("is empty at first, and if there is no folder", async () => {
    expect(await cache.list()).toEqual([]);
    expect(await new ModelCache({ cacheDir: join(bed.cacheDir, "none") }).list()).toEqual([]);
    expect(await cache.verify(MODEL)).toEqual([]);
    expect(await cache.remove(MODEL)).toBe(false);
  });

  it.each([true, false])("lists models with their names and sizes (with links: %s)", async (symlinks) => {
    await fetchBoth(symlinks);
    await writeFile(join(bed.cacheDir, "models--no file"), "");
    const [found, ...others] = await cache.list();
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      model: MODEL,
      unfinishedBytes: 0,
      revisions: [
        {
          commit: COMMIT,
          refs: ["main"],
          files: ["config.json", PATH],
          sizeBytes: CONFIG.length + WEIGHTS.length,
          // It has no tokenizer.
          isComplete: false,
        },
      ],
    });
    expect(found!.sizeBytes).toBeGreaterThanOrEqual(CONFIG.length + WEIGHTS.length);
  });

  it("finds files that were cut or lost, if hashes are known", async () => {
    await fetchBoth(true);
    expect(await states()).toEqual({ "config.json": "intact", [PATH]: "intact" });
    const pointer = join(bed.modelFolder, "snapshots", COMMIT, PATH);
    const blob = await realpath(pointer);
    await truncate(blob, 1000);
    expect(await states()).toEqual({ "config.json": "intact", [PATH]: "damaged" });
    await rm(blob);
    expect(await states()).toEqual({ "config.json": "intact", [PATH]: "missing" });
    await rm(bed.modelFolder, { recursive: true });
    await fetchBoth(false);
    expect(await states()).toEqual({ "config.json": "unknown", [PATH]: "unknown" });
  });

  it("removes a model, which can be fetched again", async () => {
    await fetchBoth(true);
    expect(await cache.remove(MODEL)).toBe(true);
    expect(await cache.list()).toEqual([]);
    await fetchBoth(true);
    expect(await cache.list()).toHaveLength(1);
  });

  it("counts downloads that are not finished", async () => {
    await fetchBoth(true);
    await writeFile(join(bed.modelFolder, "blobs", "abc.1-2.secondpass.incomplete"), "12345");
    expect((await cache.list())[0]?.unfinishedBytes).toBe(5);
  });

  it("accepts only ids, so that nothing leads out of its folder", async () => {
    for (const model of ["../x", "a/b/c", "", "."]) {
      await expect(cache.remove(model)).rejects.toThrow(InvalidOptionError);
      await expect(cache.verify(model)).rejects.toThrow(InvalidOptionError);
    }
    expect(() => new ModelCache({ cacheDirectory: "x" } as never)).toThrow(UnknownOptionError);
  });
});
