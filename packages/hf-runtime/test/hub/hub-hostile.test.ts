import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { COMMIT, CONFIG, HubTestBed, MODEL, REPOSITORY, WEIGHTS } from "./hub-test-bed.js";
import { answerStatus, type SeenRequest } from "./loopback-hub.js";

const PATH = "onnx/model.onnx";
const isHead = ({ method }: SeenRequest) => method === "HEAD";

/** Names that would lead out of the cache as paths, on one system or another. */
const OUTSIDE = [
  "../../../pwned",
  "/etc/pwned",
  "..",
  "a/../../pwned",
  "..\\pwned",
  "C:pwned",
  "C:\\pwned",
  "a\0b",
];

describe("a hostile hub", () => {
  let bed: HubTestBed;
  beforeEach(async () => {
    bed = await HubTestBed.start();
  });
  afterEach(() => bed.stop());

  const everything = async () => (await readdir(bed.cacheDir, { recursive: true })).sort();

  it.each([...OUTSIDE, "main", `${COMMIT}0`, COMMIT.slice(1), 7, ["x"]])(
    "cannot claim that a revision has the commit %j",
    async (sha) => {
      const hostile = await HubTestBed.start({ [MODEL]: { ...REPOSITORY, commit: sha as string } });
      await expect(hostile.open()).rejects.toMatchObject({
        name: "HubNetworkError",
        message: expect.stringContaining(`gave ${JSON.stringify(sha)} as the commit`),
      });
      expect(await readdir(hostile.cacheDir)).toEqual([]);
      await hostile.stop();
    },
  );

  it("takes commits of both lengths", async () => {
    for (const commit of [COMMIT, COMMIT.repeat(2).slice(0, 64)]) {
      const other = await HubTestBed.start({ [MODEL]: { ...REPOSITORY, commit } });
      expect((await other.open()).commit).toBe(commit);
      await other.stop();
    }
  });

  it("cannot write files to the paths in its listing", async () => {
    const files = Object.fromEntries([...OUTSIDE, "", "a//b", "config.json"].map((path) => [path, CONFIG]));
    const hostile = await HubTestBed.start({ [MODEL]: { ...REPOSITORY, files } });
    const model = await hostile.open();
    expect(await model.list()).toEqual(["config.json"]);
    for (const path of OUTSIDE) {
      await expect(model.localPath(path)).rejects.toMatchObject({ name: "ModelPathError" });
    }
    expect(await readdir(hostile.modelFolder)).toEqual(["refs"]);
    await hostile.stop();
  });

  it("may send a listing that is not a list of files", async () => {
    for (const siblings of [
      {},
      "config.json",
      [null, 7, { rfilename: 7 }, {}, { rfilename: "config.json" }],
    ]) {
      bed.hub.faults.push((_, response) => Boolean(response.end(JSON.stringify({ sha: COMMIT, siblings }))));
      expect(await (await bed.open()).list()).toEqual(Array.isArray(siblings) ? ["config.json"] : []);
    }
  });

  it.each(["../../../pwned", "/etc/pwned", "..", ".", "..\\pwned", "a/b", "C:pwned"])(
    "cannot name a blob by the etag %j",
    async (etag) => {
      const headers = { etag: `"${etag}"`, "content-length": String(WEIGHTS.length) };
      bed.hub.faults.push(answerStatus(isHead, 200, headers));
      const path = await (await bed.open()).localPath(PATH);
      expect(dirname(path)).toBe(join(bed.modelFolder, "blobs"));
      expect(await bed.blobs()).toEqual([expect.stringMatching(/^etag-[0-9a-f]{64}$/)]);
      expect((await readFile(path)).equals(WEIGHTS)).toBe(true);
    },
  );

  it.each(["many", "-1", "1e400", "0x10"])("cannot claim that a file has %j bytes", async (size) => {
    bed.hub.faults.push(answerStatus(isHead, 200, { etag: '"tag"', "x-linked-size": size }));
    const path = await (await bed.open()).localPath(PATH);
    expect((await readFile(path)).equals(WEIGHTS)).toBe(true);
  });

  it.each(["file:///etc/passwd", "data:text/plain,x", "ftp://host/x", "http://"])(
    "cannot redirect to %j, and gets no second request",
    async (location) => {
      bed.hub.faults.push(answerStatus(() => true, 302, { location }));
      await expect(bed.open()).rejects.toMatchObject({
        name: "HubNetworkError",
        status: 302,
        message: expect.stringContaining(`redirected to "${location}", which is not a web address`),
      });
      expect(bed.hub.requests).toHaveLength(1);
      expect(await everything()).toEqual([]);
    },
  );

  it("cannot redirect in a circle without end", async () => {
    const location = `/api/models/${MODEL}/revision/main`;
    bed.hub.faults.push(...Array(50).fill(answerStatus(() => true, 307, { location })));
    await expect(bed.open()).rejects.toThrow("redirected more than 10 times");
    expect(bed.hub.requests).toHaveLength(11);
  });

  it("cannot write a ref that leads out of the cache later", async () => {
    await mkdir(join(bed.modelFolder, "refs"), { recursive: true });
    await mkdir(join(bed.cacheDir, "pwned"));
    await writeFile(join(bed.modelFolder, "refs", "main"), "../../pwned");
    await expect(bed.open({ localFilesOnly: true })).rejects.toMatchObject({ name: "ModelNotCachedError" });
  });
});
