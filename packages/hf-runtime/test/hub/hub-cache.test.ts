import { chmod, mkdir, readFile, realpath, rm, symlink, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { COMMIT, CONFIG, HubTestBed, MODEL, REPOSITORY, WEIGHTS } from "./hub-test-bed.js";
import { sha256 } from "./loopback-hub.js";

const PATH = "onnx/model.onnx";
/** root may write everywhere. */
const asUser = process.getuid?.() === 0 || process.platform === "win32" ? it.skip : it;

describe("a cache with damage", () => {
  let bed: HubTestBed;
  beforeEach(async () => {
    bed = await HubTestBed.start();
  });
  afterEach(() => bed.stop());

  const pointer = (path: string) => join(bed.modelFolder, "snapshots", COMMIT, path);
  const fetchBoth = async (symlinks: boolean) => {
    const files = await bed.open({}, { symlinks });
    await files.localPath(PATH);
    await files.localPath("config.json");
    bed.hub.requests.length = 0;
  };
  const hashes = async (symlinks: boolean) => {
    const files = await bed.open({}, { symlinks });
    const paths = [await files.localPath(PATH), await files.localPath("config.json")];
    return Promise.all(paths.map(async (path) => sha256(await readFile(path))));
  };

  const damages: [string, () => Promise<void>][] = [
    ["weights that were cut", async () => truncate(await realpath(pointer(PATH)), 1000)],
    ["empty weights", async () => truncate(await realpath(pointer(PATH)), 0)],
    [
      "a small file that was changed",
      async () => writeFile(await realpath(pointer("config.json")), `${CONFIG}`.replace("bert", "bart")),
    ],
    ["a link to nowhere", async () => rm(await realpath(pointer(PATH)))],
    [
      "a link to another file",
      async () => {
        await unlink(pointer(PATH));
        await writeFile(join(bed.cacheDir, "other"), "x");
        await symlink(join(bed.cacheDir, "other"), pointer(PATH));
      },
    ],
    ["no snapshot", async () => rm(join(bed.modelFolder, "snapshots"), { recursive: true })],
    ["no blobs", async () => rm(join(bed.modelFolder, "blobs"), { recursive: true, force: true })],
    ["garbage as its ref", async () => writeFile(join(bed.modelFolder, "refs", "main"), "\0garbage")],
  ];

  it.each(damages)("of %s fetches the file again", async (_, damage) => {
    for (const symlinks of [true, false]) {
      await rm(bed.modelFolder, { recursive: true, force: true });
      await fetchBoth(symlinks);
      await damage();
      expect(await hashes(symlinks)).toEqual([sha256(WEIGHTS), sha256(CONFIG)]);
      // And it stays intact.
      bed.hub.requests.length = 0;
      await hashes(symlinks);
      expect(bed.hub.downloads).toHaveLength(0);
    }
  });

  it("is detected offline as far as names show it, with advice", async () => {
    await fetchBoth(true);
    await writeFile(await realpath(pointer("config.json")), '{"model_type":"bart"}');
    const offline = await bed.open({ localFilesOnly: true });
    await expect(offline.localPath("config.json")).rejects.toMatchObject({
      name: "ModelCacheError",
      message: expect.stringMatching(
        /"config\.json".*has been changed or cut.*load the model once while online/,
      ),
    });
    await expect(offline.localPath(PATH)).resolves.toContain("blobs");
  });
});

describe("a cache that cannot be written", () => {
  let bed: HubTestBed;
  beforeEach(async () => {
    bed = await HubTestBed.start();
  });
  afterEach(async () => {
    await chmod(bed.cacheDir, 0o755);
    await bed.stop();
  });

  const error = (cacheDir: string) => ({
    name: "ModelCacheError",
    cacheDir,
    message: expect.stringMatching(/cache .* for the model "acme\/tiny-reranker".*cacheDir.*HF_HOME/),
  });

  it("because a file is in its place throws an error that names the folder and how to choose another", async () => {
    const file = join(bed.cacheDir, "a-file");
    await writeFile(file, "");
    const cacheDir = join(file, "hub");
    await expect((await bed.open({ cacheDir })).localPath("config.json")).rejects.toMatchObject(
      error(cacheDir),
    );
  });

  it("because a file is in the place of a model's folder throws, too", async () => {
    await mkdir(bed.modelFolder, { recursive: true });
    await writeFile(join(bed.modelFolder, "snapshots"), "");
    await expect((await bed.open()).localPath("config.json")).rejects.toMatchObject(error(bed.cacheDir));
  });

  it("returns its files, even if the hub has a newer commit", async () => {
    const whole = { ...REPOSITORY, files: { ...REPOSITORY.files, "tokenizer.json": CONFIG } };
    Object.assign(bed.hub.repositories, { [MODEL]: whole });
    const files = await bed.open();
    for (const path of await files.list()) await files.localPath(path);
    Object.assign(bed.hub.repositories, { [MODEL]: { ...whole, commit: "f".repeat(40) } });
    // A folder in place of the ref that has to be written, so that writing fails for root as well.
    const refs = join(bed.modelFolder, "refs");
    const locked = jest.spyOn(process, "emitWarning").mockImplementation(() => {});
    await rm(join(refs, "main"));
    await mkdir(join(refs, "main", "in-the-way"), { recursive: true });
    await expect((await bed.open()).localPath("config.json")).resolves.toContain("blobs");
    locked.mockRestore();
  });

  asUser("because permission is missing throws an error until it has the file", async () => {
    await chmod(bed.cacheDir, 0o555);
    await expect((await bed.open()).localPath("config.json")).rejects.toMatchObject(error(bed.cacheDir));
    await chmod(bed.cacheDir, 0o755);
    await (await bed.open()).localPath("config.json");
    for (const path of [bed.cacheDir, bed.modelFolder]) await chmod(path, 0o555);
    await expect((await bed.open()).localPath("config.json")).resolves.toContain("blobs");
    for (const path of [bed.cacheDir, bed.modelFolder]) await chmod(path, 0o755);
  });
});
