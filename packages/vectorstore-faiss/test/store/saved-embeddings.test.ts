import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { type EmbeddingIdentity, InvalidOptionError } from "@secondpass/core";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { EmbeddingMismatchError } from "../../src/errors/embedding-mismatch-error.js";
import { StoreMismatchError } from "../../src/errors/store-mismatch-error.js";
import { FaissStore } from "../../src/faiss-store.js";
import type { LoadOptions } from "../../src/load-options.js";

/** Embeddings of equal dimensions that report their identity. */
class NamedEmbeddings extends FakeEmbeddings {
  constructor(readonly identity: EmbeddingIdentity) {
    super();
  }

  async embeddingIdentity() {
    return this.identity;
  }
}

const SILENT = new FakeEmbeddings();
const E5: EmbeddingIdentity = {
  model: "intfloat/e5",
  revision: "0".repeat(40),
  fingerprint: "f5",
  queryPrompt: "query: ",
  documentPrompt: "passage: ",
  normalized: true,
  dimensions: 16,
};
const E5_ALONE = { model: "intfloat/e5" };
const storeOf = (identity: EmbeddingIdentity, options = {}) =>
  FaissStore.fromTexts(["apple", "pear"], {}, new NamedEmbeddings(identity), { ids: ["1", "2"], ...options });

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "faiss-origin-"));
});
afterEach(() => rm(directory, { recursive: true }));

const WAYS = {
  "LangChain.js's layout": {
    save: (store: FaissStore) => store.save(directory),
    load: (embeddings: FakeEmbeddings, options?: LoadOptions) =>
      FaissStore.load(directory, embeddings, options),
  },
  "LangChain Python's layout": {
    save: (store: FaissStore) => store.saveForPython(directory),
    load: (embeddings: FakeEmbeddings, options?: LoadOptions) =>
      FaissStore.loadFromPython(directory, embeddings, options),
  },
  bytes: {
    save: async (store: FaissStore) => writeFile(join(directory, "store"), await store.serializeToBytes()),
    load: async (embeddings: FakeEmbeddings, options?: LoadOptions) =>
      FaissStore.deserializeFromBytes(await readFile(join(directory, "store")), embeddings, options),
  },
};

describe.each(Object.entries(WAYS))(
  "a store saved with known embeddings, as %s",
  (_title, { save, load }) => {
    const loadAs = (identity: EmbeddingIdentity, options?: LoadOptions) =>
      load(new NamedEmbeddings(identity), options);

    it("loads with the same identity, with a partial one, and without one", async () => {
      await save(await storeOf(E5));
      for (const embeddings of [new NamedEmbeddings({ ...E5 }), new NamedEmbeddings(E5_ALONE), SILENT]) {
        const store = await load(embeddings);
        expect((await store.similaritySearch("apple", 1))[0]?.id).toBe("1");
      }
    });

    it.each<[string, EmbeddingIdentity]>([
      ["model", { ...E5, model: "intfloat/e6", revision: "1".repeat(40), fingerprint: "f6" }],
      ["revision", { ...E5, revision: "1".repeat(40) }],
      ["fingerprint", { fingerprint: "f6" }],
      ["queryPrompt", { ...E5, queryPrompt: "" }],
      ["documentPrompt", { ...E5, documentPrompt: "passage:" }],
      ["normalized", { ...E5, normalized: false }],
      ["dimensions", { ...E5, dimensions: 8 }],
    ])("does not load with another %s, unless allowed", async (field, identity) => {
      await save(await storeOf(E5));
      const mismatches = [{ field, saved: E5[field as "model"], given: identity[field as "model"] }];
      await expect(loadAs(identity)).rejects.toMatchObject({ name: "EmbeddingMismatchError", mismatches });
      const store = await loadAs(identity, { embeddingMismatch: "allow" });
      expect(store.size).toBe(2);
      // The next save records the new embeddings.
      await save(store);
      expect((await loadAs(identity)).size).toBe(2);
      await expect(loadAs(E5)).rejects.toThrow(EmbeddingMismatchError);
    });

    it("keeps its record when it is saved with embeddings without an identity", async () => {
      await save(await storeOf(E5));
      await save(await load(SILENT, { embeddingMismatch: "allow" }));
      await expect(loadAs({ model: "other" })).rejects.toThrow(EmbeddingMismatchError);
      await save(await loadAs(E5_ALONE));
      await expect(loadAs({ ...E5, queryPrompt: "" })).rejects.toThrow(EmbeddingMismatchError);
    });

    it("has the record of the store that was saved last", async () => {
      await save(await storeOf(E5));
      await save(await storeOf({ model: "other" }));
      expect((await loadAs({ model: "other" })).size).toBe(2);
      await expect(loadAs(E5)).rejects.toThrow(EmbeddingMismatchError);
      await save(await FaissStore.fromTexts(["x"], {}, SILENT));
      expect((await loadAs(E5)).size).toBe(1);
    });

    it("can be empty", async () => {
      await save(new FaissStore(new NamedEmbeddings(E5)));
      expect((await loadAs(E5)).size).toBe(0);
      await expect(loadAs({ model: "other" })).rejects.toThrow(EmbeddingMismatchError);
    });

    it("records long prompts of any characters", async () => {
      const prompts = ["é 🍐 \ud800\n\u2028", `${"長い".repeat(5000)}x`];
      const [queryPrompt, documentPrompt] = prompts;
      const identity = { ...E5, queryPrompt, documentPrompt };
      await save(await storeOf(identity));
      expect((await loadAs(identity)).size).toBe(2);
      const other = { ...identity, documentPrompt: `${"長い".repeat(5000)}y` };
      await expect(loadAs(other)).rejects.toThrow("documentPrompt");
      await expect(loadAs({ ...identity, queryPrompt: "é 🍐 \ud801\n\u2028" })).rejects.toThrow(
        "queryPrompt",
      );
    });

    it.each([
      [{ distanceStrategy: "cosine" }, { distanceStrategy: "ip" }, "distanceStrategy"],
      [{ distanceStrategy: "l2" }, { distanceStrategy: "ip" }, "distanceStrategy"],
      [{ normalizeL2: true }, { normalizeL2: false }, "normalizeL2"],
    ] as const)("of %p does not load as %p", async (made, options, field) => {
      await save(await storeOf(E5, made));
      await expect(loadAs(E5, options)).rejects.toMatchObject({ mismatches: [{ field }] });
      expect((await loadAs(E5, made)).size).toBe(2);
    });

    it("ignores whether embeddings are normalized if it scales vectors", async () => {
      await save(await storeOf(E5, { distanceStrategy: "cosine" }));
      expect((await loadAs({ ...E5, normalized: false }, { normalizeL2: true })).size).toBe(2);
    });

    it("cannot get another metric than its index, even if mismatches are allowed", async () => {
      await save(await storeOf(E5));
      const loading = loadAs(E5, { distanceStrategy: "ip", embeddingMismatch: "allow" });
      await expect(loading).rejects.toThrow(StoreMismatchError);
    });

    it("names the values of `embeddingMismatch`", async () => {
      const option = { embeddingMismatch: "ignore" as "allow" };
      await save(await storeOf(E5));
      await expect(loadAs(E5, option)).rejects.toThrow(InvalidOptionError);
    });

    it("stops determining the identity when it is aborted", async () => {
      await save(await storeOf(E5));
      const controller = new AbortController();
      const embeddings = new NamedEmbeddings(E5);
      embeddings.embeddingIdentity = async () => {
        controller.abort(new Error("enough"));
        throw new Error("cut off");
      };
      await expect(load(embeddings, { signal: controller.signal })).rejects.toThrow("enough");
    });
  },
);

describe("embeddings that are not known when a store is loaded", () => {
  /** Embeddings without an identity until they have embedded. */
  class LateEmbeddings extends NamedEmbeddings {
    override async embeddingIdentity() {
      return this.known ? this.identity : {};
    }
    known = false;
    override async embedQuery(text: string) {
      this.known = true;
      return super.embedQuery(text);
    }
    override async embedDocuments(texts: string[]) {
      this.known = true;
      return super.embedDocuments(texts);
    }
  }
  const load = async (identity: EmbeddingIdentity, options?: LoadOptions) => {
    await (await storeOf(E5)).save(directory);
    return FaissStore.load(directory, new LateEmbeddings(identity), options);
  };

  it("are compared after they have embedded, and then throw every time", async () => {
    const store = await load({ model: "other" });
    await expect(store.similaritySearch("apple")).rejects.toThrow(EmbeddingMismatchError);
    await expect(store.maxMarginalRelevanceSearch("apple", { k: 1 })).rejects.toThrow(EmbeddingMismatchError);
    await expect(store.addTexts(["plum"])).rejects.toThrow(EmbeddingMismatchError);
    expect(store.size).toBe(2);
    // The vectors are still those that were saved.
    await store.save(directory);
    expect((await FaissStore.load(directory, new NamedEmbeddings(E5))).size).toBe(2);
  });

  it("search and add if they are the same, or if others are allowed", async () => {
    for (const store of [await load(E5), await load({ model: "other" }, { embeddingMismatch: "allow" })]) {
      expect((await store.similaritySearch("apple", 1))[0]?.id).toBe("1");
      await store.addTexts(["plum"]);
      expect(store.size).toBe(3);
      await store.save(directory);
      expect((await FaissStore.load(directory, store.embeddings as FakeEmbeddings)).size).toBe(3);
    }
  });
});

it("uses and compares the store's current embeddings", async () => {
  await (await storeOf(E5)).save(directory);
  const store = await FaissStore.load(directory, new NamedEmbeddings(E5));
  await store.similaritySearch("apple");
  store.embeddings = new NamedEmbeddings({ model: "other" });
  await expect(store.similaritySearch("apple")).rejects.toThrow(EmbeddingMismatchError);
  store.embeddings = new FakeEmbeddings({ vectors: { "?": SILENT.embed("pear") } });
  expect((await store.similaritySearch("?", 1))[0]?.id).toBe("2");
});

describe("files with a record of embeddings", () => {
  it("report what differs, and what to do", async () => {
    await (await storeOf(E5)).save(directory);
    const given = new NamedEmbeddings({ ...E5, revision: "1".repeat(40), queryPrompt: "" });
    const loading = FaissStore.load(directory, given);
    await expect(loading).rejects.toThrow(
      `Expected the embeddings and the distance of the stored vectors, got others: \`revision\` is "${"1".repeat(40)}" ` +
        `instead of "${"0".repeat(40)}"; \`queryPrompt\` is "" instead of "query: ". Scores would mean nothing. ` +
        `Use what the store was made with (\`revision: "${"0".repeat(40)}"\`), or make it again from its texts; if you know that ` +
        'the vectors agree, pass `embeddingMismatch: "allow"`.',
    );
  });

  it("are still two, with the same content for LangChain", async () => {
    const [named, silent] = [join(directory, "named"), join(directory, "silent")];
    await (await storeOf(E5)).save(named);
    await (await FaissStore.fromTexts(["apple", "pear"], {}, SILENT, { ids: ["1", "2"] })).save(silent);
    expect(await readdir(named)).toEqual(await readdir(silent));
    const read = async (folder: string) =>
      JSON.parse(await readFile(join(folder, "docstore.json"), "utf8")) as [unknown, unknown, unknown];
    expect((await read(named)).slice(0, 2)).toEqual((await read(silent)).slice(0, 2));
    expect((await read(named))[2]).toMatchObject({ secondpass: { embeddings: E5 } });
  });

  it("are not compared after another program has written them", async () => {
    const store = await storeOf(E5);
    await store.saveForPython(directory);
    const pickle = await readFile(join(directory, "index.pkl"));
    // As Python writes it: the same without the last line.
    await writeFile(
      join(directory, "index.pkl"),
      pickle.subarray(0, pickle.lastIndexOf("\n", pickle.length - 2)),
    );
    expect((await FaissStore.loadFromPython(directory, new NamedEmbeddings({ model: "other" }))).size).toBe(
      2,
    );
  });

  it("may have an invalid record", async () => {
    const store = await storeOf(E5);
    await store.save(directory);
    const path = join(directory, "docstore.json");
    const content = await readFile(path, "utf8");
    for (const record of ['"e5"', "null", '{"model":7,"dimensions":-1}', "[]"]) {
      await writeFile(path, content.replace(/"embeddings":\{[^}]*\}/, `"embeddings":${record}`));
      expect((await FaissStore.load(directory, new NamedEmbeddings({ model: "other" }))).size).toBe(2);
    }
  });

  it("may be copied with their folder", async () => {
    await (await storeOf(E5)).save(join(directory, "a"));
    await cp(join(directory, "a"), join(directory, "b"), { recursive: true });
    await expect(
      FaissStore.load(join(directory, "b"), new NamedEmbeddings({ model: "other" })),
    ).rejects.toThrow("`model`");
  });
});

describe("stores that are merged", () => {
  it("must be of the same embeddings, unless mismatches are allowed; otherwise nothing is copied", async () => {
    const target = await storeOf({ model: "other" }, { ids: ["3", "4"] });
    await expect(target.mergeFrom(await storeOf(E5))).rejects.toThrow(EmbeddingMismatchError);
    expect(target.size).toBe(2);
    await target.mergeFrom(await storeOf(E5), { embeddingMismatch: "allow" });
    expect(target.size).toBe(4);
  });

  it("merge their records of embeddings", async () => {
    const target = await FaissStore.fromTexts(["plum"], {}, SILENT);
    await target.mergeFrom(await storeOf(E5));
    await target.save(directory);
    await expect(FaissStore.load(directory, new NamedEmbeddings({ model: "other" }))).rejects.toThrow(
      EmbeddingMismatchError,
    );
    const copy = FaissStore.fromIndex(target, new NamedEmbeddings({ model: "other" }));
    await expect(copy).rejects.toThrow(EmbeddingMismatchError);
    expect((await FaissStore.fromIndex(target, SILENT)).size).toBe(3);
    const allowed = { embeddingMismatch: "allow" } as const;
    expect((await FaissStore.fromIndex(target, new NamedEmbeddings({ model: "other" }), allowed)).size).toBe(
      3,
    );
  });

  it("are scaled if the target scales vectors, at any length", async () => {
    const target = await storeOf({ ...E5, normalized: false }, { normalizeL2: true, ids: ["3", "4"] });
    expect(await target.mergeFrom(await storeOf(E5))).toEqual(["1", "2"]);
  });

  it("are compared by their vectors' dimensions, not by those of the record", async () => {
    const target = new FaissStore(new NamedEmbeddings({ ...E5, dimensions: 3 }));
    const source = new FaissStore(new NamedEmbeddings(E5));
    await source.addVectors([[1, 2, 3]], [new Document({ pageContent: "x", id: "x" })]);
    expect(await target.mergeFrom(source)).toEqual(["x"]);
  });
});
