import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { CacheLayout } from "../../src/hub/cache-layout.js";
import { HubTestBed, MODEL, WEIGHTS } from "./hub-test-bed.js";
import { sha256 } from "./loopback-hub.js";

const PATH = "onnx/model.onnx";
const SCRIPT = join(__dirname, "download-in-child.cjs");

describe("several processes on one cache", () => {
  let bed: HubTestBed;
  beforeEach(async () => {
    bed = await HubTestBed.start();
  });
  afterEach(() => bed.stop());

  const download = () => {
    const options = {
      model: MODEL,
      endpoint: bed.hub.endpoint,
      cacheDir: bed.cacheDir,
      localFilesOnly: false,
    };
    return spawn(process.execPath, [SCRIPT, JSON.stringify(options), PATH], {
      stdio: ["ignore", "pipe", "pipe"],
    });
  };
  const finish = async (child: ChildProcess) => {
    const [output, errors] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
    return { output: output.trim(), errors };
  };

  it("lets one of two processes download while the other waits for the result", async () => {
    bed.hub.pace = { bytes: 10_000, pauseMs: 20 };
    const results = await Promise.all([finish(download()), finish(download())]);
    for (const { output, errors } of results) {
      expect(errors).toBe("");
      expect(sha256(await readFile(output))).toBe(sha256(WEIGHTS));
    }
    expect(bed.hub.requests.filter(({ server }) => server === "cdn")).toHaveLength(1);
    expect(await bed.blobs()).toEqual([sha256(WEIGHTS)]);
  });

  it("continues a killed process's download, and does not wait for its lock", async () => {
    bed.hub.pace = { bytes: 10_000, pauseMs: 20 };
    const child = download();
    while (!(await hasPartial(50_000))) await new Promise((next) => setTimeout(next, 10));
    child.kill("SIGKILL");
    await once(child, "exit");
    await expect(stat(lock())).resolves.toBeDefined();

    bed.hub.pace = undefined;
    bed.hub.requests.length = 0;
    const path = await (await bed.open()).localPath(PATH);
    expect(sha256(await readFile(path))).toBe(sha256(WEIGHTS));
    const [request] = bed.hub.requests.filter(({ server }) => server === "cdn");
    expect(Number(/^bytes=(\d+)-$/.exec(request?.range ?? "")?.[1])).toBeGreaterThanOrEqual(50_000);
    expect(await bed.blobs()).toEqual([sha256(WEIGHTS)]);
    await expect(stat(lock())).rejects.toThrow("ENOENT");
  });

  it("takes over a lock that has not been updated for long, of any machine", async () => {
    await (await bed.open()).localPath("config.json"); // Makes the folders.
    await writeFile(lock(), "another-machine 1");
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock(), longAgo, longAgo);
    expect(sha256(await readFile(await (await bed.open()).localPath(PATH)))).toBe(sha256(WEIGHTS));
  });

  it("waits for a running process's lock and can be aborted meanwhile", async () => {
    await (await bed.open()).localPath("config.json");
    await writeFile(lock(), "another-machine 1");
    const signal = AbortSignal.timeout(150);
    const files = await bed.open({ signal });
    await expect(files.localPath(PATH)).rejects.toBe(await aborted(signal));
    expect(bed.hub.requests.filter(({ server }) => server === "cdn")).toHaveLength(0);
  });

  const lock = () => new CacheLayout(bed.cacheDir, MODEL).lock(sha256(WEIGHTS));
  const hasPartial = async (bytes: number) => {
    const partial = (await bed.blobs()).find((name) => name.endsWith(".incomplete"));
    if (partial === undefined) return false;
    return (await stat(join(bed.modelFolder, "blobs", partial))).size >= bytes;
  };
});

/** The reason of a signal, once it has aborted. */
async function aborted(signal: AbortSignal): Promise<unknown> {
  if (!signal.aborted) await once(signal, "abort");
  return signal.reason;
}
