import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { configJson } from "../../src/model-source/config-json.js";
import golden from "../goldens/files/python_cache.json";
import { COMMIT, MODEL, REPOSITORY, WEIGHTS } from "./hub-test-bed.js";
import { LoopbackHub } from "./loopback-hub.js";

interface CacheEntry {
  readonly path: string;
  readonly link?: string;
  readonly text?: string;
  readonly sizeBytes?: number;
}

/** Writes to a new folder the cache that Python's huggingface_hub wrote when the golden was made. */
async function layOutPythonCache(): Promise<string> {
  const cache = await mkdtemp(join(tmpdir(), "secondpass-python-cache-"));
  for (const entry of golden.cases as readonly CacheEntry[]) {
    const path = join(cache, entry.path);
    await mkdir(dirname(path), { recursive: true });
    if (entry.link !== undefined) await symlink(entry.link, path);
    else await writeFile(path, entry.text ?? WEIGHTS.subarray(0, entry.sizeBytes));
  }
  return cache;
}

describe("a cache that Python's huggingface_hub wrote", () => {
  it("is read offline", async () => {
    const cacheDir = await layOutPythonCache();
    const files = await resolveModel({ model: MODEL, cacheDir, localFilesOnly: true });
    expect(files.commit).toBe(COMMIT);
    expect(await files.list()).toEqual(["config.json", "onnx/model.onnx"]);
    expect(await files.readJson("config.json", configJson)).toEqual({ model_type: "bert" });
    expect(await files.localPath("onnx/model.onnx")).toContain(
      join(cacheDir, "models--acme--tiny-reranker", "blobs"),
    );
    await rm(cacheDir, { recursive: true });
  });

  it("is used online, and nothing in it is downloaded again", async () => {
    const cacheDir = await layOutPythonCache();
    const hub = await LoopbackHub.start({ [MODEL]: REPOSITORY });
    const files = await resolveModel({
      model: MODEL,
      cacheDir,
      endpoint: hub.endpoint,
      localFilesOnly: false,
    });
    await files.localPath("onnx/model.onnx");
    await files.localPath("config.json");
    expect(hub.downloads).toHaveLength(0);
    await hub.stop();
    await rm(cacheDir, { recursive: true });
  });
});
