import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { ModelFolders } from "@secondpass/test-kit";
import type { LoadOptions } from "../src/contracts/load-options.js";
import { ModelNotFoundError } from "../src/errors/model-not-found-error.js";
import { identifyEncoder } from "../src/identify-encoder.js";
import { loadEncoder } from "../src/load-encoder.js";
import { type HubRepository, LoopbackHub } from "./hub/loopback-hub.js";
import { setFloat32 } from "./support/edit-tensor.js";

const folders = new ModelFolders();
afterAll(() => folders.remove());
const scratch: string[] = [];
afterEach(() => {
  for (const folder of scratch.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "secondpass-identity-"));
  scratch.push(folder);
  return folder;
}

function copyOf(name: string): string {
  const folder = join(scratchFolder(), "moved");
  cpSync(folders.folder(name), folder, { recursive: true });
  return folder;
}

const fingerprintOf = async (model: string) => (await identifyEncoder({ model })).fingerprint;

describe("identifyEncoder", () => {
  it("describes a folder by its files, independent of its path", async () => {
    const identity = await identifyEncoder({ model: folders.folder("prompts") });
    expect(identity).toMatchObject({
      repository: undefined,
      commit: undefined,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      prompts: { prompts: { query: "what: ", document: "text: " }, defaultPromptName: "query" },
    });
    expect(await identifyEncoder({ model: copyOf("prompts") })).toEqual(identity);
  });

  it("gives the same before and after loading, with any options", async () => {
    const model = folders.folder("bert-encoder");
    const identity = await identifyEncoder({ model });
    for (const dtype of ["fp32", "int8"]) {
      await using encoder = await loadEncoder({ model: copyOf("bert-encoder"), dtype, worker: false });
      expect(await encoder.identity()).toEqual(identity);
    }
  });

  it("distinguishes other weights, other settings and another list of modules", async () => {
    const own = await fingerprintOf(folders.folder("bert-encoder"));
    const weights = copyOf("bert-encoder");
    setFloat32(join(weights, "model.safetensors"), "encoder.layer.0.attention.self.query.bias", 0.125, 3);
    const settings = copyOf("bert-encoder");
    appendFileSync(join(settings, "config.json"), " ");
    const modules = copyOf("bert-encoder");
    writeFileSync(join(modules, "modules.json"), "[]");
    const all = [own, ...(await Promise.all([weights, settings, modules].map(fingerprintOf)))];
    expect(new Set(all).size).toBe(4);
  });

  it("ignores files that no load reads", async () => {
    const folder = copyOf("bert-encoder");
    for (const name of [
      "README.md",
      ".gitattributes",
      "pytorch_model.bin",
      "secondpass-int8-0.safetensors",
    ]) {
      writeFileSync(join(folder, name), "x");
    }
    expect(await fingerprintOf(folder)).toBe(await fingerprintOf(folders.folder("bert-encoder")));
  });

  it("knows whether the model itself scales its vectors", async () => {
    const folder = copyOf("bert-encoder");
    const entries = JSON.parse(readFileSync(join(folder, "modules.json"), "utf8")) as object[];
    const normalize = {
      idx: 9,
      name: "9",
      path: "9_Normalize",
      type: "sentence_transformers.models.Normalize",
    };
    const others = entries.filter((entry) => !JSON.stringify(entry).includes("Normalize"));
    writeFileSync(join(folder, "modules.json"), JSON.stringify(others));
    expect((await identifyEncoder({ model: folder })).normalizes).toBe(false);
    writeFileSync(join(folder, "modules.json"), JSON.stringify([...others, normalize]));
    expect((await identifyEncoder({ model: folder })).normalizes).toBe(true);
  });

  it("describes a model without weights on this machine by its other files", async () => {
    const folder = copyOf("bert-encoder");
    rmSync(join(folder, "model.safetensors"));
    expect(await identifyEncoder({ model: folder })).toMatchObject({
      fingerprint: undefined,
      normalizes: true,
    });
  });

  it("throws for a value that is not a model, and rejects with the signal's reason", async () => {
    await expect(identifyEncoder({ model: "/no/such/folder" })).rejects.toThrow(ModelNotFoundError);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(identifyEncoder({ model: "a/b", signal })).rejects.toThrow("enough");
  });

  describe("of the hub", () => {
    const COMMIT = "0123456789abcdef0123456789abcdef01234567";

    function repository(name: string): HubRepository {
      const folder = folders.folder(name);
      const paths = (readdirSync(folder, { recursive: true }) as string[]).filter((path) =>
        statSync(join(folder, path)).isFile(),
      );
      const files = paths.map((path) => [
        relative(folder, join(folder, path)),
        readFileSync(join(folder, path)),
      ]);
      return {
        commit: COMMIT,
        files: Object.fromEntries(files),
        large: ["model.safetensors"],
        revisions: ["v1"],
      };
    }

    async function withHub(work: (options: LoadOptions, hub: LoopbackHub) => Promise<void>): Promise<void> {
      const hub = await LoopbackHub.start({ "acme/tiny": repository("bert-encoder") });
      try {
        const cacheDir = scratchFolder();
        await work(
          { model: "acme/tiny", endpoint: hub.endpoint, cacheDir, localFilesOnly: false, worker: false },
          hub,
        );
      } finally {
        await hub.stop();
      }
    }

    it("downloads no weights, and recognises a folder with a copy once they are downloaded", async () => {
      await withHub(async (options, hub) => {
        const before = await identifyEncoder({ ...options, revision: "v1" });
        expect(before).toMatchObject({ repository: "acme/tiny", commit: COMMIT, fingerprint: undefined });
        expect(before.prompts).toBeDefined();
        expect(hub.requests.filter(({ path }) => path.includes("model.safetensors"))).toEqual([]);

        await using encoder = await loadEncoder(options);
        const loaded = await encoder.identity();
        expect(loaded).toEqual({
          ...before,
          fingerprint: await fingerprintOf(folders.folder("bert-encoder")),
        });
        expect(await identifyEncoder(options)).toEqual(loaded);
        expect(await identifyEncoder({ ...options, localFilesOnly: true })).toEqual(loaded);
      });
    });

    it("knows the id and a requested commit if the hub cannot be reached", async () => {
      const options = { model: "acme/tiny", cacheDir: scratchFolder(), localFilesOnly: true };
      const unknown = { fingerprint: undefined, prompts: undefined, normalizes: undefined };
      expect(await identifyEncoder(options)).toEqual({
        repository: "acme/tiny",
        commit: undefined,
        ...unknown,
      });
      expect(await identifyEncoder({ ...options, revision: COMMIT })).toMatchObject({ commit: COMMIT });
    });
  });
});
