import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CrashWriter } from "@secondpass/test-kit";
import { DerivedCache } from "../../src/derived-cache/derived-cache.js";
import { readIntact } from "../../src/derived-cache/read-intact.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import type { ModelFiles } from "../../src/model-source/model-files.js";

/** Far more than a single write can hold. */
const REPEATS = 20_000;

/** A derived file with a fixed name. Its real content would always be the same; here it is the version. */
async function derived(folder: string): Promise<DerivedCache> {
  const source = join(folder, "source");
  await writeFile(source, "", { flag: "ax" }).catch(() => undefined);
  const kind = { folder: "crash", prefix: "derived-", extension: ".bin" };
  return new DerivedCache(kind, [source], "0".repeat(24), folder);
}

/** The name of the crash tests' model, and the address of its hub. */
export const CRASH_MODEL = "acme/crash";
export const CRASH_HUB = "SECONDPASS_CRASH_HUB";
/** Number of its files. */
export const CRASH_FILES = 1500;
/** Content of a file; all files differ. */
export const crashFile = (name: string) =>
  Buffer.from(createHash("sha512").update(name).digest("hex").repeat(64));

const fileOf = (version: string) => `${Number(version.split(".")[1]) % CRASH_FILES}.bin`;

/** The model, opened once in a process. */
let model: Promise<ModelFiles> | undefined;
const openModel = (cacheDir: string) =>
  resolveModel(
    { model: CRASH_MODEL, endpoint: process.env[CRASH_HUB]!, cacheDir, localFilesOnly: false },
    { token: undefined },
  );

export const CRASH_WRITERS: Readonly<Record<string, CrashWriter>> = {
  "a derived file": {
    async write(folder, version) {
      const cache = await derived(folder);
      await cache.write((trailer) => [Buffer.from(`${version} `.repeat(REPEATS)), trailer]);
    },
    async read(folder) {
      const bytes = await (await derived(folder)).find(readIntact);
      const text = Buffer.from(bytes ?? []).toString("latin1");
      const version = text.slice(0, text.indexOf(" "));
      if (!text.startsWith(`${version} `.repeat(REPEATS))) throw new Error(`${text.length} characters`);
      return [version];
    },
    entries: ["derived-000000000000000000000000.bin", "source"],
  },
  "a downloaded model": {
    keeps: "all",
    nameOf: fileOf,
    async write(folder, version) {
      model ??= openModel(folder);
      await (await model).localPath(fileOf(version));
    },
    async read(folder) {
      const snapshots = join(folder, "models--acme--crash", "snapshots");
      const [commit = ""] = await readdir(snapshots);
      const names = (await readdir(join(snapshots, commit))).filter((name) => name.endsWith(".bin"));
      for (const name of names) {
        const content = await readFile(join(snapshots, commit, name));
        if (!content.equals(crashFile(name))) throw new Error(`${name} is damaged: ${content.length} bytes`);
      }
      return names;
    },
  },
};
