import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { hubId } from "../../src/hub/hub-id.js";
import { hubSettings } from "../../src/hub/hub-settings.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { chooseWeights } from "../../src/model-source/choose-weights.js";
import { configJson } from "../../src/model-source/config-json.js";
import { findWeightFiles } from "../../src/model-source/find-weight-files.js";
import { loadTokenizer } from "../../src/tokenizer/load-tokenizer.js";
import { COMMIT, CONFIG, HubTestBed, MODEL, REPOSITORY, WEIGHTS } from "./hub-test-bed.js";
import { answerStatus, cutBody, sha256 } from "./loopback-hub.js";

describe("what can go wrong with a hub model", () => {
  let bed: HubTestBed;
  beforeEach(async () => {
    const failing = (status: number, code?: string) => ({ ...REPOSITORY, failure: { status, code } });
    bed = await HubTestBed.start({
      [MODEL]: REPOSITORY,
      "acme/whole": {
        commit: COMMIT,
        files: {
          "config.json": CONFIG,
          "tokenizer.json": CONFIG,
          "model.safetensors.index.json": Buffer.from(
            '{"weight_map":{"x":"a.safetensors","y":"b.safetensors"}}',
          ),
          "a.safetensors": CONFIG,
          "b.safetensors": CONFIG,
          "pytorch_model.bin": CONFIG,
        },
      },
      "acme/private": failing(401, "RepoNotFound"),
      "acme/bare-401": failing(401),
      "acme/bare-403": failing(403),
      "acme/gated": failing(403, "GatedRepo"),
    });
  });
  afterEach(() => bed.stop());

  it("names the hub, the folder and the status for a missing repository", async () => {
    await expect(bed.open({ model: "acme/missing" })).rejects.toMatchObject({
      name: "RepositoryNotFoundError",
      status: 404,
      message: expect.stringMatching(
        /has no model "acme\/missing" \(status 404\), and there is no folder .*missing/,
      ),
    });
  });

  it("says that 401 without a token may mean a private repository", async () => {
    for (const model of ["acme/private", "acme/bare-401"]) {
      await expect(bed.open({ model })).rejects.toMatchObject({
        name: "RepositoryNotFoundError",
        status: 401,
        message: expect.stringContaining("if it is private, give a token"),
      });
    }
  });

  it("tells a token without permission from a gated repository", async () => {
    for (const [model, status] of [
      ["acme/bare-401", 401],
      ["acme/bare-403", 403],
    ] as const) {
      await expect(bed.open({ model, token: "hf_weak" })).rejects.toMatchObject({
        name: "RepositoryAccessError",
        status,
        gated: false,
        message: expect.stringContaining("The token is wrong, has expired, or has no permission"),
      });
    }
    await expect(bed.open({ model: "acme/gated" })).rejects.toMatchObject({
      name: "RepositoryAccessError",
      gated: true,
      message: expect.stringContaining(`Accept its terms at ${bed.hub.endpoint}/acme/gated`),
    });
  });

  it("names a revision that the repository does not have", async () => {
    await expect(bed.open({ revision: "v9" })).rejects.toMatchObject({
      name: "RevisionNotFoundError",
      revision: "v9",
    });
  });

  it("lists the existing files if a file is missing", async () => {
    await expect((await bed.open()).localPath("model.safetensors")).rejects.toMatchObject({
      name: "ModelFileNotFoundError",
      message: expect.stringContaining("It has: config.json, onnx/model.onnx."),
    });
  });

  it("throws for paths that lead out of the repository", async () => {
    const files = await bed.open();
    for (const path of ["../secret", "/etc/passwd", "a//b", "..\\secret", "C:secret", ""]) {
      await expect(files.localPath(path)).rejects.toMatchObject({ name: "ModelPathError" });
    }
    await expect(bed.open({ revision: "../../x" })).rejects.toMatchObject({ name: "ModelPathError" });
  });

  it("gives up on a hub that stays overloaded, naming its answer", async () => {
    const overloaded = answerStatus(() => true, 503, { "retry-after": "0" });
    bed.hub.faults.push(...Array(5).fill(overloaded));
    await expect(bed.open()).rejects.toMatchObject({
      name: "HubNetworkError",
      status: 503,
      message: expect.stringMatching(
        /^Cannot download from http:\/\/127\.0\.0\.1:\d+: it answered 503\. .*folder/,
      ),
    });
    expect(bed.hub.requests).toHaveLength(5);
  });

  it("names the host and the reason if no server listens there", async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    await expect(bed.open({ endpoint }, { retryDelayMs: 1 })).rejects.toMatchObject({
      name: "HubNetworkError",
      host: endpoint,
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("gives up on a body that is cut again and again without a byte", async () => {
    bed.hub.faults.push(...Array(4).fill(cutBody(({ server }) => server === "cdn", WEIGHTS, 0)));
    await expect((await bed.open()).localPath("onnx/model.onnx")).rejects.toMatchObject({
      name: "HubNetworkError",
    });
  });

  it("throws for an endpoint that answers, but not like a hub", async () => {
    bed.hub.faults.push((_request, response) => Boolean(response.end("<html>")));
    await expect(bed.open()).rejects.toThrow(
      "did not answer /api/models/acme/tiny-reranker/revision/main as a hub does",
    );
  });

  describe("offline", () => {
    it("uses the cached files, without a request", async () => {
      await (await bed.open()).localPath("onnx/model.onnx");
      bed.hub.requests.length = 0;
      const files = await bed.open({ localFilesOnly: true });
      expect(files.commit).toBe(COMMIT);
      expect(await files.list()).toEqual(["onnx/model.onnx"]);
      expect(sha256(await readFile(await files.localPath("onnx/model.onnx")))).toBe(sha256(WEIGHTS));
      expect(await files.readJson("config.json", configJson)).toBeUndefined();
      await expect(files.localPath("config.json")).rejects.toMatchObject({
        name: "ModelFileNotFoundError",
        message: expect.stringMatching(
          /no file "config\.json" in the cache\. It has: onnx\/model\.onnx\. .* load the model once while online/,
        ),
      });
      expect(bed.hub.requests).toHaveLength(0);
    });

    it("says what to do if the cache has nothing of the model", async () => {
      await expect(bed.open({ localFilesOnly: true })).rejects.toMatchObject({
        name: "ModelNotCachedError",
        message: expect.stringContaining("Load it once while online"),
      });
    });

    it("falls back to the cache, with a warning, if the hub cannot be reached", async () => {
      await (await bed.open()).localPath("config.json");
      const warn = jest.spyOn(process, "emitWarning").mockImplementation(() => {});
      const endpoint = `http://127.0.0.1:${await freePort()}`;
      const files = await bed.open({ endpoint }, { retryDelayMs: 1 });
      expect(await files.readJson("config.json", configJson)).toEqual({ model_type: "bert" });
      expect(warn.mock.calls).toEqual([
        [
          expect.stringContaining(`using what the cache has of "${MODEL}" at commit ${COMMIT}`),
          "SecondpassOfflineWarning",
        ],
      ]);
      warn.mockRestore();
    });

    it("waits for an unreachable hub only if the cache is incomplete", async () => {
      const warn = jest.spyOn(process, "emitWarning").mockImplementation(() => {});
      const endpoint = `http://127.0.0.1:${await freePort()}`;
      const attempts = async () => {
        const spy = jest.fn(globalThis.fetch);
        await bed.open({ model: "acme/whole", endpoint }, { retryDelayMs: 1, fetch: spy }).catch(() => {});
        return spy.mock.calls.length;
      };
      const files = await bed.open({ model: "acme/whole" });
      expect(await attempts()).toBe(5);
      for (const path of ["config.json", "tokenizer.json", "model.safetensors.index.json", "a.safetensors"]) {
        await files.localPath(path);
        expect(await attempts()).toBe(5);
      }
      await files.localPath("b.safetensors");
      expect(await attempts()).toBe(1);
      const index = join(
        bed.cacheDir,
        "models--acme--whole",
        "snapshots",
        COMMIT,
        "model.safetensors.index.json",
      );
      await writeFile(index, '{"weight_map":null}');
      expect(await attempts()).toBe(5);
      expect(warn).toHaveBeenCalledTimes(6);
      warn.mockRestore();
    });

    it("says for every kind of file that it is missing from the cache, and what to do", async () => {
      const advice = /in the cache.*load the model once while online, without the option localFilesOnly/;
      const files = await bed.open({ model: "acme/whole" });
      await files.localPath("config.json");
      const offline = () => bed.open({ model: "acme/whole", localFilesOnly: true });
      await expect(loadTokenizer(await offline())).rejects.toThrow(advice);
      await expect(chooseWeights(await offline(), { dtype: "fp32" })).rejects.toThrow(
        /Expected the cache to have weights of acme\/whole for "fp32".*load the model once while online/,
      );
      await files.localPath("pytorch_model.bin");
      expect(await findWeightFiles(await offline())).toHaveLength(1);
      const safetensors = { dtype: "fp32", weights: "safetensors" } as const;
      await expect(chooseWeights(await offline(), safetensors)).rejects.toMatchObject({
        name: "WeightsNotFoundError",
      });
      await files.localPath("model.safetensors.index.json");
      await files.localPath("a.safetensors");
      await expect(findWeightFiles(await offline())).rejects.toThrow(/no file "b\.safetensors" in the cache/);
      await expect(findWeightFiles(await offline())).rejects.toThrow(advice);
    });

    it("does not fall back to the cache if the hub denies access", async () => {
      await (await bed.open()).localPath("config.json");
      bed.hub.faults.push(answerStatus(() => true, 401));
      await expect(bed.open()).rejects.toMatchObject({ name: "RepositoryNotFoundError" });
    });
  });

  describe("a text that is not a hub id", () => {
    it.each([
      "./models/none",
      "/no/such/folder",
      "a/b/c",
      "models\\none",
      "~/nowhere-at-all",
      "name--dashes",
      ".hidden",
    ])("causes an error that says what is wrong with it as a path and as an id: %j", async (model) => {
      await expect(resolveModel({ model })).rejects.toMatchObject({
        name: "ModelNotFoundError",
        message: expect.stringMatching(/Read as a folder: .* Read as a hub id: /),
      });
    });
  });

  it("prefers an existing folder to a hub id, as Python does", async () => {
    const folder = join(bed.cacheDir, "model");
    await mkdir(join(folder, "onnx"), { recursive: true });
    await writeFile(join(folder, "config.json"), '\uFEFF{"model_type":"bert"}');
    await writeFile(join(folder, "onnx", "model.onnx"), "");
    const files = await bed.open({ model: folder });
    expect(files.commit).toBeUndefined();
    expect(await files.list()).toEqual(["config.json", "onnx/model.onnx"]);
    expect(await files.readJson("config.json", configJson)).toEqual({ model_type: "bert" });
    await expect(files.localPath("vocab.txt")).rejects.toMatchObject({ name: "ModelFileNotFoundError" });
  });

  describe("a name without an organisation", () => {
    const hubs = {
      "sentence-transformers/all-MiniLM-L6-v2": REPOSITORY,
      "bert-base-uncased": REPOSITORY,
    };

    it.each([
      ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"],
      ["sentence-transformers/all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"],
      ["bert-base-uncased", "bert-base-uncased"],
    ])("is completed, online and in the cache: %s is %s", async (model, repository) => {
      const named = await HubTestBed.start(hubs);
      const organization = "sentence-transformers";
      expect((await named.open({ model }, {}, organization)).model).toBe(repository);
      const files = await named.open({ model }, {}, organization);
      await files.localPath("config.json");
      expect((await named.open({ model, localFilesOnly: true }, {}, organization)).model).toBe(repository);
      await named.stop();
    });

    it("is completed in the error if the model does not exist", async () => {
      await expect(bed.open({ model: "no-model" }, {}, "cross-encoder")).rejects.toMatchObject({
        name: "RepositoryNotFoundError",
        model: "cross-encoder/no-model",
      });
    });

    it("may be a folder's name", async () => {
      const cwd = process.cwd();
      await mkdir(join(bed.cacheDir, "all-MiniLM-L6-v2"));
      process.chdir(bed.cacheDir);
      try {
        const files = await bed.open({ model: "all-MiniLM-L6-v2" }, {}, "sentence-transformers");
        expect(files.commit).toBeUndefined();
      } finally {
        process.chdir(cwd);
      }
    });

    it("of an older model is recognised in upper or lower case", () => {
      expect(hubId("BERT-base-Uncased", "cross-encoder")).toBe("BERT-base-Uncased");
      expect(hubId("ms-marco-MiniLM-L6-v2", "cross-encoder")).toBe("cross-encoder/ms-marco-MiniLM-L6-v2");
      expect(hubId("name", undefined)).toBe("name");
    });
  });

  it.each(["config.json", "model.safetensors", "onnx/model.onnx", "tokenizer.json"])(
    "throws for a Git LFS pointer in place of %s",
    async (path) => {
      const folder = join(bed.cacheDir, "model");
      await mkdir(join(folder, "onnx"), { recursive: true });
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(WEIGHTS)}\nsize 300000\n`;
      await writeFile(join(folder, path), pointer);
      const files = await bed.open({ model: folder });
      const error = {
        name: "GitLfsPointerError",
        path,
        message: expect.stringMatching(/is a Git LFS pointer, not the file itself\..*"git lfs pull"/),
      };
      await expect(files.localPath(path)).rejects.toMatchObject(error);
      await expect(files.readJson(path, configJson)).rejects.toMatchObject(error);
      await writeFile(join(folder, path), `${pointer}${"more ".repeat(300)}`);
      await expect(files.localPath(path)).resolves.toContain("model");
    },
  );

  it("names the file that is not JSON", async () => {
    const folder = join(bed.cacheDir, "model");
    await mkdir(folder);
    await writeFile(join(folder, "config.json"), '{"model_type":');
    await expect(
      (await bed.open({ model: folder })).readJson("config.json", configJson),
    ).rejects.toMatchObject({
      name: "MalformedModelFileError",
      path: "config.json",
    });
  });
});

describe("hub settings", () => {
  const home = process.env.HOME ?? "";

  it("takes options before the environment and the environment before the defaults", () => {
    const env = { HF_ENDPOINT: "https://mirror.example/", HF_HUB_CACHE: "/env/cache", HF_TOKEN: " hf_env\n" };
    expect(hubSettings({}, env)).toMatchObject({
      endpoint: "https://mirror.example",
      cacheDir: "/env/cache",
      token: "hf_env",
      offline: false,
      symlinks: true,
    });
    const options = { endpoint: "http://own", cacheDir: "/own", token: "hf_own", localFilesOnly: true };
    expect(hubSettings(options, env)).toMatchObject({
      endpoint: "http://own",
      cacheDir: "/own",
      token: "hf_own",
      offline: true,
    });
    expect(hubSettings({}, {})).toMatchObject({
      endpoint: "https://huggingface.co",
      cacheDir: join(home, ".cache/huggingface/hub"),
    });
  });

  it("looks for the cache where Python does", () => {
    expect(hubSettings({}, { HF_HOME: "/hf" }).cacheDir).toBe("/hf/hub");
    expect(hubSettings({}, { HF_HOME: "~/hf" }).cacheDir).toBe(join(home, "hf/hub"));
    expect(hubSettings({}, { XDG_CACHE_HOME: "/xdg" }).cacheDir).toBe("/xdg/huggingface/hub");
    expect(hubSettings({}, { HF_HUB_CACHE: "/c", HF_HOME: "/hf" }).cacheDir).toBe("/c");
    expect(hubSettings({}, { HUGGINGFACE_HUB_CACHE: "/old" }).cacheDir).toBe("/old");
    expect(hubSettings({}, { HF_HUB_CACHE: "", HUGGINGFACE_HUB_CACHE: "/old" }).cacheDir).toBe("/old");
    expect(hubSettings({}, { SENTENCE_TRANSFORMERS_HOME: "/st", HF_HOME: "/hf" }).cacheDir).toBe("/st");
    expect(hubSettings({ cacheDir: "/own" }, { SENTENCE_TRANSFORMERS_HOME: "/st" }).cacheDir).toBe("/own");
  });

  it("expands variables where Python does", () => {
    const env = { DISK: "/disk", "a b": "/spaced" };
    expect(hubSettings({}, { ...env, HF_HOME: "$DISK/hf" }).cacheDir).toBe("/disk/hf/hub");
    expect(hubSettings({}, { ...env, HF_HOME: `\${DISK}/hf` }).cacheDir).toBe("/disk/hf/hub");
    expect(hubSettings({}, { ...env, HF_HUB_CACHE: `\${a b}/c` }).cacheDir).toBe("/spaced/c");
    expect(hubSettings({}, { ...env, XDG_CACHE_HOME: "~/$DISK" }).cacheDir).toBe(
      join(home, "disk/huggingface/hub"),
    );
    expect(hubSettings({}, { HF_HUB_CACHE: "/$UNKNOWN/c" }).cacheDir).toBe("/$UNKNOWN/c");
    // A folder in the caller's option is not expanded.
    expect(hubSettings({ cacheDir: "/$DISK" }, env).cacheDir).toBe("/$DISK");
  });

  it.each(["hub.example", "file:///etc", "ftp://hub.example", "http://", 7 as unknown as string])(
    "throws for %j as the address of a hub",
    (endpoint) => {
      const error = expect.objectContaining({ name: "InvalidOptionError", option: "endpoint" });
      expect(() => hubSettings({ endpoint }, {})).toThrow(error);
      expect(() => hubSettings({}, { HF_ENDPOINT: String(endpoint) })).toThrow(error);
    },
  );

  it("throws for a token with characters that are not allowed in a header, and does not show it", () => {
    for (const token of ["hf_a\nb", "hf_ä", "hf a"]) {
      const settings = () => hubSettings({ token }, {});
      expect(settings).toThrow(expect.objectContaining({ name: "InvalidOptionError", option: "token" }));
      expect(settings).toThrow(expect.not.objectContaining({ message: expect.stringContaining("hf") }));
    }
  });

  it("reads the same words as true as Python does", () => {
    for (const word of ["1", "ON", "Yes", "true"]) {
      const settings = hubSettings({}, { HF_HUB_OFFLINE: word, HF_HUB_DISABLE_SYMLINKS: word });
      expect(settings).toMatchObject({ offline: true, symlinks: false });
    }
    expect(hubSettings({}, { HF_HUB_OFFLINE: "0" }).offline).toBe(false);
    expect(hubSettings({ localFilesOnly: false }, { HF_HUB_OFFLINE: "1" }).offline).toBe(false);
  });

  it("finds the token file, unless implicit tokens are turned off", async () => {
    const bed = await HubTestBed.start();
    await writeFile(join(bed.cacheDir, "token"), "hf_file\n");
    expect(hubSettings({}, { HF_HOME: bed.cacheDir }).token).toBe("hf_file");
    expect(hubSettings({}, { HF_TOKEN_PATH: join(bed.cacheDir, "token") }).token).toBe("hf_file");
    const env = { HF_HOME: bed.cacheDir, HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" };
    expect(hubSettings({}, env).token).toBeUndefined();
    expect(hubSettings({}, { HF_HOME: "/nowhere" }).token).toBeUndefined();
    await bed.stop();
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
