import { lstat, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { ProgressEvent } from "../../src/contracts/load-options.js";
import { configJson } from "../../src/model-source/config-json.js";
import { COMMIT, CONFIG, HubTestBed, MODEL, REPOSITORY, WEIGHTS } from "./hub-test-bed.js";
import { answerStatus, cutBody, gitSha1, type SeenRequest, sha256 } from "./loopback-hub.js";

const fromCdn = (request: SeenRequest) => request.server === "cdn";
const PATH = "onnx/model.onnx";
const hashOf = async (path: string) => sha256(await readFile(path));

describe("downloading from the hub", () => {
  let bed: HubTestBed;
  beforeEach(async () => {
    bed = await HubTestBed.start();
  });
  afterEach(() => bed.stop());

  it("lays files out as Python's cache does: refs, blobs, snapshots of relative links", async () => {
    const files = await bed.open();
    expect(await hashOf(await files.localPath(PATH))).toBe(sha256(WEIGHTS));
    expect(await files.readJson("config.json", configJson)).toEqual({ model_type: "bert" });

    expect(await readFile(join(bed.modelFolder, "refs", "main"), "utf8")).toBe(COMMIT);
    expect(await bed.blobs()).toEqual([gitSha1(CONFIG), sha256(WEIGHTS)].sort());
    const pointer = join(bed.modelFolder, "snapshots", COMMIT, PATH);
    expect(await readlink(pointer)).toBe(join("..", "..", "..", "blobs", sha256(WEIGHTS)));
  });

  it("gives the real path of the blob, because ONNX external data must not be behind a link", async () => {
    const path = await (await bed.open()).localPath(PATH);
    expect((await lstat(path)).isFile()).toBe(true);
  });

  it("fetches only requested files, and each once", async () => {
    const files = await bed.open();
    expect(await files.list()).toEqual(["config.json", PATH]);
    expect(await files.has("tokenizer.json")).toBe(false);
    expect(await files.readJson("tokenizer.json", configJson)).toBeUndefined();
    expect(bed.hub.downloads).toHaveLength(0);

    await Promise.all([files.localPath("config.json"), files.localPath("config.json")]);
    await (await bed.open()).localPath("config.json");
    expect(bed.hub.downloads).toHaveLength(1);
  });

  it("requests the commit of a revision once, and takes every file from that commit", async () => {
    const files = await bed.open({ revision: "refs/pr/1" });
    expect(files.commit).toBe(COMMIT);
    await Promise.all([files.localPath("config.json"), files.localPath(PATH)]);
    expect(await readFile(join(bed.modelFolder, "refs", "refs", "pr", "1"), "utf8")).toBe(COMMIT);
    const api = bed.hub.requests.filter(({ path }) => path.startsWith("/api/"));
    expect(api.map(({ path }) => path)).toEqual([`/api/models/${MODEL}/revision/refs/pr/1`]);
    const resolved = bed.hub.requests.filter(({ path }) => path.includes("/resolve/"));
    expect(resolved.every(({ path }) => path.includes(`/resolve/${COMMIT}/`))).toBe(true);
  });

  it("writes no ref for a revision that already is a commit", async () => {
    await bed.open({ revision: COMMIT });
    await expect(lstat(join(bed.modelFolder, "refs"))).rejects.toThrow("ENOENT");
  });

  it("sends the token to the hub and never to the host that it redirects to", async () => {
    await (await bed.open({ token: "hf_secret" })).localPath(PATH);
    const seen = (server: string) => bed.hub.requests.filter((request) => request.server === server);
    expect(new Set(seen("hub").map(({ authorization }) => authorization))).toEqual(
      new Set(["Bearer hf_secret"]),
    );
    expect(seen("cdn")).toHaveLength(1);
    expect(seen("cdn")[0]?.authorization).toBeUndefined();
  });

  it("follows a redirect on the hub itself with the token, as for a renamed repository", async () => {
    const location = `/api/models/${MODEL}/revision/main`;
    bed.hub.faults.push(answerStatus(({ path }) => path.includes("old-name"), 307, { location }));
    const files = await bed.open({ model: "acme/old-name", token: "hf_secret" });
    expect(files.commit).toBe(COMMIT);
    expect(bed.hub.requests.map(({ authorization }) => authorization)).toEqual(
      Array(2).fill("Bearer hf_secret"),
    );
  });

  it("continues where a body was cut, without starting over", async () => {
    bed.hub.faults.push(cutBody(fromCdn, WEIGHTS, 100_000), cutBody(fromCdn, WEIGHTS, 100_000));
    expect(await hashOf(await (await bed.open()).localPath(PATH))).toBe(sha256(WEIGHTS));
    const ranges = bed.hub.requests.filter(fromCdn).map(({ range }) => range);
    // Each request continues after the last one. How much arrives before the cut depends on TCP.
    const starts = ranges.map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? "bytes=0-")?.[1]));
    expect(starts).toHaveLength(3);
    expect(starts[0]).toBe(0);
    expect(starts[1]).toBeGreaterThan(0);
    expect(starts[1]).toBeLessThanOrEqual(100_000);
    expect(starts[2]).toBeGreaterThan(starts[1] as number);
    expect(starts[2]).toBeLessThanOrEqual(200_000);
    expect(await bed.blobs()).toEqual([sha256(WEIGHTS)]);
  });

  it("continues a file that an earlier run left", async () => {
    const cuts = Array.from({ length: 5 }, (_, index) => cutBody(fromCdn, WEIGHTS, index === 0 ? 50_000 : 0));
    bed.hub.faults.push(...cuts);
    await expect((await bed.open()).localPath(PATH)).rejects.toThrow("Cannot download from");
    expect(await bed.blobs()).toHaveLength(1);

    bed.hub.faults.length = 0;
    bed.hub.requests.length = 0;
    expect(await hashOf(await (await bed.open()).localPath(PATH))).toBe(sha256(WEIGHTS));
    expect(bed.hub.requests.filter(fromCdn).map(({ range }) => range)).toEqual(["bytes=50000-"]);
    expect(await bed.blobs()).toEqual([sha256(WEIGHTS)]);
  });

  it("starts over if the server ignores ranges", async () => {
    bed.hub.faults.push(cutBody(fromCdn, WEIGHTS, 100_000), (request, response) => {
      if (!fromCdn(request)) return false;
      response.setHeader("content-length", WEIGHTS.length);
      response.end(WEIGHTS);
      return true;
    });
    expect(await hashOf(await (await bed.open()).localPath(PATH))).toBe(sha256(WEIGHTS));
  });

  it("continues after a body that stalls", async () => {
    bed.hub.faults.push((request, response) => {
      if (!fromCdn(request)) return false;
      response.setHeader("content-length", WEIGHTS.length);
      response.write(WEIGHTS.subarray(0, 70_000));
      return true;
    });
    const files = await bed.open({}, { timeoutMs: 500 });
    expect(await hashOf(await files.localPath(PATH))).toBe(sha256(WEIGHTS));
    expect(bed.hub.requests.filter(fromCdn).map(({ range }) => range)).toEqual([undefined, "bytes=70000-"]);
  });

  it.each([
    ["a large file (SHA-256)", PATH, WEIGHTS],
    ["a small file (git's SHA-1)", "config.json", CONFIG],
  ])(
    "throws for %s whose bytes do not match the announced hash, and keeps nothing of it",
    async (_kind, path, body) => {
      bed.hub.faults.push((request, response) => {
        if (request.method !== "GET" || !request.path.endsWith(path)) return false;
        if (request.server === "hub" && path === PATH) return false;
        response.setHeader("content-length", body.length);
        response.end(Buffer.alloc(body.length, "x"));
        return true;
      });
      await expect((await bed.open()).localPath(path)).rejects.toMatchObject({
        name: "FileIntegrityError",
        path,
        expected: expect.stringMatching(/^(sha256|git-sha1) [0-9a-f]+$/),
      });
      expect(await bed.blobs()).toEqual([]);
      expect(await hashOf(await (await bed.open()).localPath(path))).toBe(sha256(body));
    },
  );

  it("deletes a damaged part of an earlier run and fetches the whole file", async () => {
    await (await bed.open()).localPath("config.json");
    const part = `${sha256(WEIGHTS)}.deadbeef.secondpass.incomplete`;
    await writeFile(join(bed.modelFolder, "blobs", part), Buffer.alloc(1000, "x"));
    expect(await hashOf(await (await bed.open()).localPath(PATH))).toBe(sha256(WEIGHTS));
    expect(await bed.blobs()).toEqual([gitSha1(CONFIG), sha256(WEIGHTS)].sort());
  });

  it.each([429, 503])("tries again after %i, waiting as long as the hub requests", async (status) => {
    bed.hub.faults.push(answerStatus(() => true, status, { "retry-after": "0.2" }));
    const start = performance.now();
    expect((await bed.open()).commit).toBe(COMMIT);
    expect(performance.now() - start).toBeGreaterThanOrEqual(190);
    expect(bed.hub.requests).toHaveLength(2);
  });

  it("reports progress up to the whole size", async () => {
    const events: ProgressEvent[] = [];
    await (await bed.open({ onProgress: (event) => events.push(event) })).localPath(PATH);
    expect(events.at(-1)).toEqual({
      kind: "download",
      file: PATH,
      loadedBytes: WEIGHTS.length,
      totalBytes: WEIGHTS.length,
    });
  });

  it("stops with the caller's reason when aborted in the middle, and later continues from there", async () => {
    bed.hub.pace = { bytes: 30_000, pauseMs: 20 };
    const controller = new AbortController();
    const reason = new Error("the user closed the page");
    const files = await bed.open({ signal: controller.signal, onProgress: () => controller.abort(reason) });
    await expect(files.localPath(PATH)).rejects.toBe(reason);

    bed.hub.pace = undefined;
    bed.hub.requests.length = 0;
    expect(await hashOf(await (await bed.open()).localPath(PATH))).toBe(sha256(WEIGHTS));
    expect(bed.hub.requests.filter(fromCdn)[0]?.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it("puts files instead of links into snapshots if links are turned off", async () => {
    const files = await bed.open({}, { symlinks: false });
    const path = await files.localPath(PATH);
    expect(path).toBe(join(bed.modelFolder, "snapshots", COMMIT, PATH));
    expect((await lstat(path)).isSymbolicLink()).toBe(false);
    expect(await hashOf(path)).toBe(sha256(WEIGHTS));
  });

  it("uses another commit's blob instead of downloading it again", async () => {
    await (await bed.open()).localPath(PATH);
    const next = { ...REPOSITORY, commit: "f".repeat(40) };
    Object.assign(bed.hub.repositories, { [MODEL]: next });
    bed.hub.requests.length = 0;
    for (const symlinks of [true, false]) {
      expect(await hashOf(await (await bed.open({}, { symlinks })).localPath(PATH))).toBe(sha256(WEIGHTS));
    }
    expect(bed.hub.downloads).toHaveLength(0);
  });
});
