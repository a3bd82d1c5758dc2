import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { EMBEDDER_PATH } from "@secondpass/mini-models";
import { type FolderHub, startFolderHub } from "@secondpass/test-kit";
import { runMain } from "../run-main.js";

jest.setTimeout(60_000);

const cache = mkdtempSync(join(tmpdir(), "secondpass-models-"));

const models = (words: string[], options?: Parameters<typeof runMain>[1]) =>
  runMain(["models", ...words, "--cache", cache], options);

describe("secondpass models", () => {
  let hub: FolderHub;
  const { HF_ENDPOINT, HF_HUB_OFFLINE } = process.env;
  beforeAll(async () => {
    hub = await startFolderHub({ "acme/embedder": EMBEDDER_PATH });
    process.env.HF_ENDPOINT = hub.url;
    process.env.HF_HUB_OFFLINE = "";
    expect(await models(["list"])).toEqual(
      expect.objectContaining({ code: 0, stdout: "", stderr: `There are no models in ${cache}.\n` }),
    );
    const { code, stdout } = await models(["download", "acme/embedder"]);
    expect([code, stdout]).toEqual([0, "acme/embedder: an embedder, ready for use offline\n"]);
  });
  afterAll(async () => {
    Object.assign(process.env, { HF_ENDPOINT: HF_ENDPOINT ?? "", HF_HUB_OFFLINE: HF_HUB_OFFLINE ?? "" });
    await hub.close();
    rmSync(cache, { recursive: true });
  });

  it("lists the models in the cache", async () => {
    expect((await models(["list"])).stdout).toMatch(
      /^acme\/embedder {2}[\d.]+ MB\n {2}01234567 {2}main {2}\d+ files {2}complete\n$/,
    );
    const { models: listed } = JSON.parse((await models(["list", "--json"])).stdout);
    expect(listed).toEqual([
      expect.objectContaining({
        model: "acme/embedder",
        unfinishedBytes: 0,
        revisions: [expect.objectContaining({ commit: hub.commit, refs: ["main"], isComplete: true })],
      }),
    ]);
  });

  it("finds damaged and missing files by their hashes", async () => {
    expect(await models(["verify"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^acme\/embedder: (\d+) of \1 files intact\n$/),
    });
    const snapshot = join(cache, "models--acme--embedder/snapshots", hub.commit);
    const config = realpathSync(join(snapshot, "config.json"));
    const text = readFileSync(config);
    writeFileSync(config, "{}");
    const damaged = await models(["verify", "acme/embedder"]);
    expect(damaged.code).toBe(1);
    expect(damaged.stderr).toMatch(/^acme\/embedder: config\.json \(01234567\) is damaged\n/);
    rmSync(config);
    expect((await models(["verify"])).stderr).toMatch(/config\.json \(01234567\) is missing/);
    writeFileSync(config, text);
  });

  it("removes models after confirmation", async () => {
    const words = ["remove", "acme/embedder"];
    expect(await models(words)).toMatchObject({ code: 2, stderr: expect.stringContaining("Expected --yes") });
    expect(await models(["remove", "acme/embeder", "--yes"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Did you mean acme/embedder?"),
    });
    expect(await models(words, { stdin: "n\n", terminal: 80 })).toMatchObject({ code: 1, stdout: "" });
    expect(await models(words, { stdin: "y\n", terminal: 80 })).toMatchObject({
      code: 0,
      stdout: "acme/embedder: removed\n",
    });
    expect((await models(["list"])).stdout).toBe("");
  });

  it.each<[string, string[], RegExp, number]>([
    ["no action", [], /^Expected one of list, download, verify, remove, got none/, 2],
    ["an unknown one", ["lst"], /got lst\. Did you mean list\?/, 2],
    ["a download of nothing", ["download"], /^Expected models download ID…, got no ID/, 2],
    ["a list of something", ["list", "x"], /^Expected models list alone, got x/, 2],
    ["a model that the hub does not have", ["download", "acme/none"], /acme\/none/, 1],
    ["a model that is not in the cache", ["verify", "acme/none"], /^There is no model acme\/none/, 1],
  ])("rejects %s", async (_name, words, message, code) => {
    const answer = await models(words);
    expect(answer.stderr).toMatch(message);
    expect([answer.code, answer.stdout]).toEqual([code, ""]);
  });
});
