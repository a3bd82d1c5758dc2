import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { HuggingFaceEmbeddings, type HuggingFaceEmbeddingsFields } from "../src/index.js";
import { TinyModels } from "./tiny-models.js";

const models = new TinyModels();
afterAll(() => models.close());

const identityOf = (name: string, fields?: Partial<HuggingFaceEmbeddingsFields>) =>
  models.open(name, fields).embeddingIdentity();

describe("the identity of HuggingFaceEmbeddings", () => {
  it("is the same before and after loading, except for fields that only a loaded model knows", async () => {
    const embeddings = models.open("bert-encoder");
    const before = await embeddings.embeddingIdentity();
    expect(before).toMatchObject({ queryPrompt: "", documentPrompt: "", normalized: true });
    await embeddings.load();
    expect(await embeddings.embeddingIdentity()).toEqual({ ...before, dimensions: 32 });
    await embeddings.dispose();
    expect(await embeddings.embeddingIdentity()).toEqual(before);
  });

  it("does not wait for a model that is being loaded", async () => {
    const embeddings = models.open("bert-encoder");
    const loading = embeddings.load();
    expect((await embeddings.embeddingIdentity()).fingerprint).toBeDefined();
    await loading;
  });

  it("moves with a folder, and has no path", async () => {
    const root = mkdtempSync(join(tmpdir(), "secondpass-moved-"));
    try {
      const model = join(root, "elsewhere");
      cpSync(models.folder("bert-encoder"), model, { recursive: true });
      const moved = await identityOf("bert-encoder", { model });
      expect(moved).toEqual(await identityOf("bert-encoder"));
      expect(JSON.stringify(moved)).not.toContain(root);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("differs for models whose vectors have the same length", async () => {
    const [one, other] = await Promise.all([identityOf("bert-encoder"), identityOf("mpnet")]);
    expect(one.fingerprint).not.toBe(other.fingerprint);
  });

  // Its prompts: query "what: " (the default one) and document "text: ".
  it.each<[HuggingFaceEmbeddingsFields["prompts"], string | undefined, string | undefined]>([
    [undefined, "what: ", "what: "],
    ["by-role", "what: ", "text: "],
    [{ query: { name: "document" }, document: { name: "query" } }, "text: ", "what: "],
    [{ query: "ask ", document: "" }, "ask ", ""],
    [{ document: "say " }, "what: ", "say "],
    [{ query: { name: "question" }, document: "" }, undefined, ""],
  ])("has the prompt texts of %j", async (prompts, queryPrompt, documentPrompt) => {
    expect(await identityOf("prompts", { prompts })).toMatchObject({ queryPrompt, documentPrompt });
  });

  it("does not include settings that hardly change the vectors", async () => {
    const plain = await identityOf("pool-cls");
    expect(plain.normalized).toBe(false);
    for (const fields of [{ dtype: "int8" }, { threads: 2 }, { maxLength: 8 }, { batchTokens: 8 }] as const) {
      expect(await identityOf("pool-cls", fields)).toEqual(plain);
    }
    expect(await identityOf("pool-cls", { normalize: true })).toEqual({ ...plain, normalized: true });
  });

  it("of a hub model that is not in the cache is its id and the options", async () => {
    const embeddings = new HuggingFaceEmbeddings({
      model: "acme/not-here",
      prompts: { query: "q: " },
      localFilesOnly: true,
      cacheDir: "/nowhere",
    });
    expect(await embeddings.embeddingIdentity()).toEqual({ model: "acme/not-here", queryPrompt: "q: " });
    await expect(models.open("not-there").embeddingIdentity()).rejects.toThrow("not-there");
  });

  it("of a hub model has its commit, and the model that loads later has that commit", async () => {
    const [first, second] = ["1".repeat(40), "2".repeat(40)];
    let sha = first;
    const requests: string[] = [];
    const hub = createServer((request, response) => {
      requests.push(request.url ?? "");
      response.end(JSON.stringify({ sha, siblings: [] }));
    }).listen(0, "127.0.0.1");
    await once(hub, "listening");
    const cacheDir = mkdtempSync(join(tmpdir(), "secondpass-cache-"));
    try {
      const endpoint = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
      const open = () =>
        new HuggingFaceEmbeddings({ model: "acme/tiny", endpoint, cacheDir, localFilesOnly: false });
      const early = open();
      expect(await early.embeddingIdentity()).toMatchObject({ model: "acme/tiny", revision: first });
      sha = second;
      expect(await open().embeddingIdentity()).toMatchObject({ revision: second });
      // The repository has no files.
      await expect(early.load()).rejects.toMatchObject({ secondpass: true });
      expect(requests.map((path) => /revision\/(\w+)/.exec(path)?.[1])).toEqual(["main", "main", first]);
    } finally {
      hub.closeAllConnections();
      hub.close();
      rmSync(cacheDir, { recursive: true });
    }
  });

  it("is the same for embeddings that are bound to a signal", async () => {
    const embeddings = models.open("bert-encoder");
    const bound = embeddings.withSignal(new AbortController().signal);
    expect(await bound.embeddingIdentity()).toEqual(await embeddings.embeddingIdentity());
  });
});
