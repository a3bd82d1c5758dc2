import { readdirSync } from "node:fs";
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { FaissFormatError } from "@secondpass/faiss";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { StoreFileError } from "../../src/errors/store-file-error.js";
import { StoreLockedError } from "../../src/errors/store-locked-error.js";
import { StoreMismatchError } from "../../src/errors/store-mismatch-error.js";
import { FaissStore } from "../../src/faiss-store.js";

const embeddings = new FakeEmbeddings();
const METADATA = {
  date: new Date("2024-05-06T07:08:09.123Z"),
  big: 2n ** 80n,
  set: new Set(["a", 1]),
  map: new Map<unknown, unknown>([[1, { deep: [null] }]]),
  bytes: Uint8Array.of(0, 255),
  float: 1.5,
  zero: -0,
  nan: Number.NaN,
  nested: { "@": "marker", list: [[]] },
  "é 🍐": "\ud800",
};

describe.each([
  ["LangChain.js's layout", "faiss.index", "docstore.json"],
  ["LangChain Python's layout", "index.faiss", "index.pkl"],
] as const)("a store saved in %s", (_title, indexFile, documentFile) => {
  const isPython = documentFile === "index.pkl";
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "faiss-save-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("has a checksum of its documents, the same after saving and after loading", async () => {
    const store = await FaissStore.fromTexts(["a", "b"], {}, embeddings);
    expect(store.documentsChecksum).toBeUndefined();
    await save(store);
    const { documentsChecksum } = await load();
    expect(documentsChecksum).toMatch(/^[0-9a-f]{64}$/);
    expect(store.documentsChecksum).toBe(documentsChecksum);
    await store.addDocuments([new Document({ pageContent: "c" })]);
    await save(store);
    expect((await load()).documentsChecksum).toBe(store.documentsChecksum);
    expect(store.documentsChecksum).not.toBe(documentsChecksum);
  });

  const save = (store: FaissStore, to = directory, options = {}) =>
    isPython ? store.saveForPython(to, options) : store.save(to, options);
  const load = (from = directory, options = {}) =>
    isPython
      ? FaissStore.loadFromPython(from, embeddings, options)
      : FaissStore.load(from, embeddings, options);
  const fruits = () =>
    FaissStore.fromTexts(["apple", "pear", ""], [{ n: 1 }, METADATA, {}], embeddings, {
      ids: ["a", "é", ""],
    });

  it("comes back with ids, texts, metadata of every kind and the same results", async () => {
    const store = await fruits();
    await save(store, join(directory, "new", "folder"));
    const loaded = await load(join(directory, "new", "folder"));
    expect(await loaded.getByIds(["é"])).toEqual([
      new Document({ id: "é", pageContent: "pear", metadata: METADATA }),
    ]);
    expect(await loaded.similaritySearchWithScore("apple", 9)).toEqual(
      await store.similaritySearchWithScore("apple", 9),
    );
  });

  it("keeps metadata of the maximum depth, and throws for deeper metadata", async () => {
    const nest = (levels: number): unknown => (levels === 0 ? "deep" : new Map([[1, nest(levels - 1)]]));
    const store = await FaissStore.fromTexts(["x"], { map: nest(98) }, embeddings, { ids: ["x"] });
    await save(store);
    const [document] = await (await load()).getByIds(["x"]);
    expect(document!.metadata).toEqual({ map: nest(98) });
    await expect(store.addTexts(["y"], { map: nest(101) })).rejects.toThrow("nested deeper");
  });

  it("can be empty, and takes documents after loading", async () => {
    await save(new FaissStore(embeddings, { distanceStrategy: "ip" }));
    const loaded = await load();
    expect(loaded.distanceStrategy).toBe("ip");
    expect(await loaded.similaritySearch("apple")).toEqual([]);
    await loaded.addTexts(["apple"]);
    expect(await loaded.similaritySearch("apple")).toHaveLength(1);
  });

  it("can be empty after deleting all documents", async () => {
    const store = await fruits();
    await store.delete({ deleteAll: true });
    await save(store);
    expect((await load()).size).toBe(0);
  });

  it.each([{ distanceStrategy: "cosine" }, { distanceStrategy: "l2", normalizeL2: true }] as const)(
    "keeps its distance: %p",
    async (options) => {
      const store = new FaissStore(embeddings, options);
      await store.addVectors([new Array(16).fill(2)], [new Document({ pageContent: "x" })]);
      await save(store);
      const query = new Array(16).fill(5);
      const [[, score]] = (await (await load()).similaritySearchVectorWithScore(query, 1)) as [
        [Document, number],
      ];
      expect(score).toBeCloseTo(options.distanceStrategy === "cosine" ? 1 : 0, 6);
    },
  );

  it.each([
    { kind: "hnsw", m: 8 },
    { kind: "ivf", nlist: 2, nprobe: 2 },
  ] as const)("keeps its index, and drops deleted vectors when it is saved: %p", async (index) => {
    const texts = Array.from({ length: 40 }, (_, i) => `text ${i}`);
    const store = await FaissStore.fromTexts(texts, {}, embeddings, { index, ids: texts });
    await store.delete({ ids: texts.slice(0, 20) });
    await store.addTexts(["text 0"], {}, { ids: ["again"] });
    expect((await store.similaritySearch("text 0", 1))[0]?.id).toBe("again");
    expect(await store.similaritySearch("text", 99)).toHaveLength(21);
    await save(store);
    const loaded = await load();
    expect(loaded.index?.kind).toBe(index.kind === "hnsw" ? "IndexHNSWFlat" : "IndexIVFFlat");
    expect(loaded.index?.ntotal).toBe(21);
    expect((await loaded.similaritySearch("text 33", 1))[0]?.id).toBe("text 33");
    expect((await store.similaritySearch("text 33", 1))[0]?.id).toBe("text 33");
  });

  it("replaces an older store, and leaves two files", async () => {
    await save(await fruits());
    await save(await FaissStore.fromTexts(["plum"], {}, embeddings));
    expect((await load()).size).toBe(1);
    expect((await readdir(directory)).sort()).toEqual([indexFile, documentFile].sort());
  });

  it("stays whole while several save and load it", async () => {
    const stores = await Promise.all(
      [1, 2, 3].map((n) => FaissStore.fromTexts(new Array(n).fill("x"), {}, embeddings)),
    );
    await save(stores[0]!);
    const saves = [...stores, ...stores].map((store) => save(store));
    const sizes = await Promise.all(Array.from({ length: 12 }, async () => (await load()).size));
    await Promise.all(saves);
    for (const size of sizes) expect([1, 2, 3]).toContain(size);
  });

  it("loads if the process died between the two renames, and is repaired", async () => {
    await save(await fruits());
    await cp(join(directory, indexFile), join(directory, "old"));
    await save(await FaissStore.fromTexts(["plum"], {}, embeddings));
    await rename(join(directory, indexFile), join(directory, `${indexFile}.next`));
    await rename(join(directory, "old"), join(directory, indexFile));
    expect((await load()).size).toBe(1);
    expect((await readdir(directory)).sort()).toEqual([indexFile, documentFile].sort());
    expect((await load(directory, { verify: false })).size).toBe(1);
  });

  it("does not load if one of its files is another store's", async () => {
    const other = await mkdtemp(join(tmpdir(), "faiss-other-"));
    await save(await FaissStore.fromTexts(["apple", "plum", "x"], {}, embeddings), other);
    await save(await fruits());
    await cp(join(other, indexFile), join(directory, indexFile));
    await rm(other, { recursive: true });
    await expect(load()).rejects.toThrow(StoreMismatchError);
  });

  it("does not load if a file is missing, cut or changed", async () => {
    await expect(load()).rejects.toThrow(StoreFileError);
    await expect(load()).rejects.toThrow(documentFile);
    await save(await fruits());
    const documents = await readFile(join(directory, documentFile));
    await writeFile(
      join(directory, documentFile),
      documents.map((byte, i) => (i === 60 ? byte ^ 1 : byte)),
    );
    await expect(load()).rejects.toThrow("checksum");
    await writeFile(join(directory, documentFile), documents);
    await truncate(join(directory, indexFile), 70);
    await expect(load()).rejects.toThrow(StoreMismatchError);
    await rm(join(directory, indexFile));
    await expect(load()).rejects.toThrow(indexFile);
  });

  it("saves over the lock of a dead process, not of a living one", async () => {
    const store = await fruits();
    const lock = join(directory, `${indexFile}.lock`);
    // The name of a lock's holder: random part, process id, start time, and process namespace.
    let own = "";
    await save(store, directory, {
      onProgress: () => {
        [own] = readdirSync(lock) as [string];
      },
    });
    const [, , start, space] = own.split("@")[0]!.split("-");
    const hold = async (holder: string, host = hostname()) => {
      await mkdir(lock);
      await writeFile(join(lock, `${"0".repeat(16)}-${holder}@${host}`), "");
    };
    const release = () => rm(lock, { recursive: true });
    await hold(`${process.ppid}--${space}`);
    await expect(save(store)).rejects.toThrow(StoreLockedError);
    await expect(save(store)).rejects.toThrow(`process ${process.ppid} on ${hostname()}`);
    await release();
    await hold(`1-1-${"0".repeat(12)}`, "another-host");
    await expect(save(store)).rejects.toThrow("another-host");
    await release();
    // No process has this id: the highest in Linux is 2^22.
    await hold(`${2 ** 22 + 1}-${start}-${space}`);
    await save(store);
    // Our own process id with another start time: a process before a restart.
    await hold(`${process.pid}-1-${space}`);
    await save(store);
    await expect(stat(lock)).rejects.toThrow("ENOENT");
  });

  it("is unchanged if saving is aborted", async () => {
    await save(await fruits());
    const controller = new AbortController();
    const store = await FaissStore.fromTexts(new Array(50).fill("x"), {}, embeddings);
    const saving = save(store, directory, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(saving).rejects.toThrow("enough");
    expect((await load()).size).toBe(3);
    expect(await readdir(directory)).toHaveLength(2);
  });

  it("reports the progress of saving and loading", async () => {
    const steps = new Set<string>();
    const onProgress = ({ step, done, total }: { step: string; done: number; total: number }) => {
      expect(done).toBeLessThanOrEqual(total);
      steps.add(step);
    };
    await save(await fruits(), directory, { onProgress });
    expect(steps).toEqual(new Set(["vectors", "documents"]));
    steps.clear();
    await load(directory, { onProgress });
    expect(steps).toContain("vectors");
  });
});

describe("files that LangChain.js wrote", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "faiss-js-"));
    await (await FaissStore.fromTexts(["one", "two"], {}, embeddings, { ids: ["1", "2"] })).save(directory);
  });
  afterEach(() => rm(directory, { recursive: true }));

  const write = (content: unknown) => writeFile(join(directory, "docstore.json"), JSON.stringify(content));
  const document = (pageContent: string) => ({ pageContent, metadata: { "@": 1, n: 1 } });

  it("are read: entries of documents and a mapping, in any order", async () => {
    await write([
      [
        ["y", document("two")],
        ["x", document("one")],
        ["orphan", document("three")],
      ],
      { 1: "y", 0: "x" },
    ]);
    const store = await FaissStore.load(directory, embeddings);
    expect(store.size).toBe(2);
    expect(await store.similaritySearch("one", 1)).toEqual([
      new Document({ id: "x", pageContent: "one", metadata: { "@": 1, n: 1 } }),
    ]);
  });

  it.each([
    ["fewer documents than vectors", [[["x", document("one")]], { 0: "x" }]],
    ["an id without a document", [[["x", document("one")]], { 0: "x", 1: "y" }]],
    [
      "a document twice",
      [
        [
          ["x", document("one")],
          ["x", document("two")],
        ],
        { 0: "x", 1: "x" },
      ],
    ],
    [
      "a position beyond the index",
      [
        [
          ["x", document("one")],
          ["y", document("two")],
        ],
        { 0: "x", 7: "y" },
      ],
    ],
  ])("throw if they do not fit the index: %s", async (_title, content) => {
    await write(content);
    await expect(FaissStore.load(directory, embeddings)).rejects.toThrow(StoreMismatchError);
  });

  it.each([
    [{}],
    [[]],
    [[[], {}, {}, {}]],
    [[[["x", "text"]], {}]],
    [[[["x", { pageContent: 1 }]], {}]],
    ["x"],
  ])("throw if they are not a docstore: %j", async (content) => {
    await write(content);
    await expect(FaissStore.load(directory, embeddings)).rejects.toThrow(StoreFileError);
  });

  it("throw if the index is not a FAISS file", async () => {
    await write([[["x", document("one")]], { 0: "x" }]);
    await writeFile(join(directory, "faiss.index"), "something else, longer than a header of a FAISS file");
    await expect(FaissStore.load(directory, embeddings)).rejects.toThrow(FaissFormatError);
  });

  it("have the same content when this package saves for LangChain.js", async () => {
    const [documents, mapping] = JSON.parse(await readFile(join(directory, "docstore.json"), "utf8"));
    expect(documents).toEqual([
      ["1", { pageContent: "one", metadata: {}, id: "1" }],
      ["2", { pageContent: "two", metadata: {}, id: "2" }],
    ]);
    expect(mapping).toEqual({ 0: "1", 1: "2" });
  });
});
