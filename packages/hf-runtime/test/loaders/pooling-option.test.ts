import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { ModelFolders } from "@secondpass/test-kit";
import type { LoadOptions } from "../../src/contracts/load-options.js";
import { identifyEncoder } from "../../src/identify-encoder.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";

const folders = new ModelFolders();
const root = mkdtempSync(join(tmpdir(), "pooling-"));
afterAll(() => {
  folders.remove();
  rmSync(root, { recursive: true });
});

const TEXTS = ["a text", "another text that is somewhat longer"];
const LISTED = folders.folder("bert-encoder");
const BARE = join(root, "bare");
cpSync(LISTED, BARE, { recursive: true });
rmSync(join(BARE, "modules.json"));

async function vectors(model: string, pooling?: LoadOptions["pooling"]): Promise<Float32Array[]> {
  await using encoder = await loadEncoder({ model, pooling, threads: 1, worker: false });
  return await encoder.embed(TEXTS);
}

/** The vectors of the same model, whose files name the modes. */
function listed(modes: readonly string[]): Promise<Float32Array[]> {
  const model = join(root, modes.join("-"));
  cpSync(LISTED, model, { recursive: true });
  const modules = ["Transformer", "Pooling"].map((kind) => ({
    path: kind === "Pooling" ? "1_Pooling" : "",
    type: `sentence_transformers.models.${kind}`,
  }));
  writeFileSync(join(model, "modules.json"), JSON.stringify(modules));
  writeFileSync(join(model, "1_Pooling/config.json"), JSON.stringify({ pooling_mode: modes }));
  return vectors(model);
}

describe("the option pooling", () => {
  it.each(["cls", "max", "lasttoken", "weightedmean"] as const)(
    "pools by %s like files that name this mode",
    async (mode) => {
      expect(await vectors(BARE, mode)).toEqual(await listed([mode]));
    },
  );

  it("concatenates several modes, and defaults to the mean", async () => {
    expect(await vectors(BARE, ["mean", "cls"])).toEqual(await listed(["mean", "cls"]));
    expect(await vectors(BARE)).toEqual(await vectors(BARE, "mean"));
  });

  it("changes the fingerprint", async () => {
    const marks = await Promise.all(
      ([undefined, "cls", "max"] as const).map(async (pooling) => {
        return (await identifyEncoder({ model: BARE, pooling })).fingerprint;
      }),
    );
    expect(new Set(marks).size).toBe(3);
    expect(marks).not.toContain(undefined);
  });

  it("throws if the files name a mode, for rerankers, and for an unknown mode", async () => {
    await expect(loadEncoder({ model: LISTED, pooling: "cls" })).rejects.toThrow(/`pooling`.*modules\.json/);
    await expect(loadCrossEncoder({ model: BARE, pooling: "cls" })).rejects.toThrow(/`pooling`.*reranker/);
    for (const pooling of ["median", [], ["cls", "median"]] as unknown as "cls"[]) {
      await expect(loadEncoder({ model: BARE, pooling })).rejects.toThrow(/`pooling`.*"weightedmean"/);
    }
  });
});
