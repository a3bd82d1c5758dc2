import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { EMBEDDER_PATH } from "@secondpass/mini-models";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { openIndex } from "../src/open-index.js";

describe("openIndex", () => {
  const iron = [new Document({ pageContent: "Iron rusts.", metadata: { source: "a.txt" } })];
  const gold = [new Document({ pageContent: "Gold does not rust.", metadata: { source: "a.txt" } })];
  let directory: string;
  let embeddings: HuggingFaceEmbeddings;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "secondpass-index-"));
    embeddings = new HuggingFaceEmbeddings({ model: EMBEDDER_PATH });
  });
  afterEach(async () => {
    await embeddings.dispose();
    await rm(directory, { recursive: true, force: true });
  });

  const said: string[] = [];
  const place = (fields: object = {}) => ({
    directory,
    corpus: "a.txt",
    force: false,
    onReplace: (sentence: string) => said.push(sentence),
    ...fields,
  });
  const open = (
    chunks: Document[],
    build = () => HybridStore.fromDocuments(chunks, embeddings),
    fields = {},
  ) => openIndex(place(fields), chunks, embeddings, build);

  it("does not use an index for other texts if building it was interrupted", async () => {
    await open(iron);
    // The index is saved, its note is not complete yet: as if the process had ended between the two.
    const broken = async () => {
      const store = await HybridStore.fromDocuments(gold, embeddings);
      const save = store.save.bind(store);
      return Object.assign(store, {
        save: async (folder: string) => {
          await save(folder);
          throw new Error("interrupted");
        },
      });
    };
    await expect(open(gold, broken)).rejects.toThrow(`--index ${directory}: interrupted`);
    const { store, reused } = await open(iron);
    expect(reused).toBe(false);
    expect((await store.similaritySearch("metal", 1))[0]?.pageContent).toBe("Iron rusts.");
  });

  it("keeps the saved index while a new one cannot be built", async () => {
    await open(iron);
    const failing = () => Promise.reject(new Error("The model is gone."));
    await expect(open(gold, failing)).rejects.toThrow("The model is gone.");
    expect((await open(iron)).reused).toBe(true);
  });

  it("rebuilds for another model, and for positions that have moved", async () => {
    await open(iron);
    const moved = [new Document({ ...iron[0]!, metadata: { ...iron[0]!.metadata, startIndex: 5 } })];
    expect((await open(moved)).reused).toBe(false);
    await using other = new HuggingFaceEmbeddings({ model: `${EMBEDDER_PATH}/` });
    const build = () => HybridStore.fromDocuments(moved, other);
    said.length = 0;
    expect((await openIndex(place(), moved, other, build)).reused).toBe(false);
    expect(said).toEqual([
      expect.stringContaining(`The index in ${directory} was built from other contents`),
    ]);
  });

  it("replaces an index of another corpus, or other files, only with `force`", async () => {
    await open(iron);
    const other = { corpus: "b.txt" };
    await expect(open(gold, undefined, other)).rejects.toThrow(
      `Expected the index of b.txt in ${directory}, got that of a.txt. Give --index another folder, or replace it with --force.`,
    );
    expect((await open(iron)).reused).toBe(true);
    expect((await open(gold, undefined, { ...other, force: true })).reused).toBe(false);
    expect((await open(gold, undefined, other)).reused).toBe(true);

    const foreign = join(directory, "foreign");
    await mkdir(foreign);
    await writeFile(join(foreign, "docstore.json"), "mine");
    await expect(open(iron, undefined, { directory: foreign })).rejects.toThrow("docstore.json in it");
    expect(await readFile(join(foreign, "docstore.json"), "utf8")).toBe("mine");
    await expect(open(iron, undefined, { directory: join(foreign, "docstore.json") })).rejects.toThrow(
      "Expected --index to be a folder, got a file",
    );
  });

  it("builds the index again for another version of the model, but not for a model that was moved", async () => {
    const model = join(directory, "model");
    await cp(EMBEDDER_PATH, model, { recursive: true });
    const index = join(directory, "index");
    const openBy = async (path: string) => {
      await using own = new HuggingFaceEmbeddings({ model: path, worker: false });
      return (
        await openIndex(place({ directory: index }), iron, own, () => HybridStore.fromDocuments(iron, own))
      ).reused;
    };
    expect(await openBy(model)).toBe(false);
    expect(await openBy(model)).toBe(true);
    await appendFile(join(model, "config.json"), "\n");
    expect(await openBy(model)).toBe(false);

    await rename(model, join(directory, "moved"));
    await using moved = new HuggingFaceEmbeddings({ model: join(directory, "moved"), worker: false });
    const store = await HybridStore.load(index, moved);
    expect((await store.similaritySearch("metal", 1))[0]?.pageContent).toBe("Iron rusts.");
    await using original = new HuggingFaceEmbeddings({ model: EMBEDDER_PATH, worker: false });
    await expect(HybridStore.load(index, original)).rejects.toMatchObject({ name: "EmbeddingMismatchError" });
    const allowed = await HybridStore.load(index, original, { embeddingMismatch: "allow" });
    expect(await allowed.similaritySearch("metal", 1)).toHaveLength(1);
  });
});
