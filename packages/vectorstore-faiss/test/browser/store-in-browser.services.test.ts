import { describe, expect, it } from "@jest/globals";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { bundleForBrowser, runInBrowser } from "@secondpass/test-kit/browser";
import { FaissStore } from "../../src/faiss-store.js";
import { fromBase64, readGolden } from "../read-golden.js";

/** The same embeddings on both sides: they count letters. */
const embed = (text: string): number[] =>
  [..."aeilnorst"].map((letter) => text.toLowerCase().split(letter).length - 1);

const SCRIPT = `
  const { Document, FaissStore, readIndexFile } = await import("/bundle.js");
  const embed = ${embed.toString()};
  const embeddings = { embedDocuments: async (texts) => texts.map(embed), embedQuery: async (text) => embed(text) };
  const bytesOf = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const plain = (found) => found.map(([{ id, pageContent }, score]) => [id, pageContent, score]);
  const failure = (work) => work.then(() => "no error", (error) => error.name + ": " + error.message);

  const store = await FaissStore.fromTexts(
    Array.from({ length: 2000 }, (_, i) => "ear tone " + "lion ".repeat(i % 40) + i),
    Array.from({ length: 2000 }, (_, i) => ({ i, when: new Date(i), big: 2n ** 70n, set: new Set([i]), text: "é 🍐 \\ud800" })),
    embeddings,
    { ids: Array.from({ length: 2000 }, (_, i) => "id " + i), index: { kind: "flat" } },
  );
  await store.addDocuments([new Document({ pageContent: "no own id" })]);
  await store.delete({ filter: { i: { $gte: 1500 } } });
  const bytes = await store.serializeToBytes();
  const copy = await FaissStore.deserializeFromBytes(bytes, embeddings);
  const [{ metadata }] = await copy.getByIds(["id 7"]);
  const fromNode = await FaissStore.deserializeFromBytes(await bytesOf("/node"), embeddings);
  const fromPython = await FaissStore.deserializeFromBytes(await bytesOf("/python"), embeddings);
  answer = {
    node: typeof process + typeof Buffer,
    size: copy.size,
    same: JSON.stringify(plain(await store.similaritySearchWithScore("lion", 9))) ===
      JSON.stringify(plain(await copy.similaritySearchWithScore("lion", 9))),
    metadata: [metadata.when.getTime(), String(metadata.big), [...metadata.set], metadata.text === "é 🍐 \\ud800"],
    retrieved: (await copy.asRetriever({ k: 2, filter: { i: { $lt: 3 } } }).invoke("lion")).map(({ id }) => id).sort(),
    mmr: (await copy.maxMarginalRelevanceSearch("lion", { k: 3 })).length,
    fromNode: plain(await fromNode.similaritySearchWithScore("tone", 3)),
    fromPython: fromPython.size,
    damaged: await failure(FaissStore.deserializeFromBytes((bytes[100] ^= 1, bytes), embeddings)),
    save: await failure(store.save("folder")),
    load: await failure(FaissStore.loadFromPython("folder", embeddings)),
    read: await failure(readIndexFile("index.faiss")),
  };
`;

describe("a FaissStore in a browser", () => {
  it("stores, searches, deletes, and exchanges bytes with Node and Python; throws for folders", async () => {
    const embeddings = new FakeEmbeddings({ dimensions: 9 });
    embeddings.embed = embed;
    const store = await FaissStore.fromTexts(["a tone", "notes", "lions", "ears"], { js: true }, embeddings, {
      distanceStrategy: "cosine",
      ids: ["1", "2", "3", "4"],
    });
    const [python] = readGolden<{ serialized: string; found: unknown[] }>("python-stores");
    const answer = await runInBrowser(SCRIPT, {
      "/bundle.js": await bundleForBrowser(
        'export * from "@secondpass/vectorstore-faiss"; export { Document } from "@langchain/core/documents";',
        __dirname,
      ),
      "/node": await store.serializeToBytes(),
      "/python": fromBase64(python!.serialized),
    });
    const here = await store.similaritySearchWithScore("tone", 3);
    expect(answer).toEqual({
      node: "undefinedundefined",
      size: 1501,
      same: true,
      metadata: [7, String(2n ** 70n), [7], true],
      retrieved: expect.arrayContaining([]),
      mmr: 3,
      fromNode: here.map(([{ id, pageContent }, score]) => [id, pageContent, score]),
      fromPython: python!.found.length,
      damaged: expect.stringContaining("checksum"),
      save: expect.stringMatching(/^UnsupportedOperationError: .*serializeToBytes/),
      load: expect.stringMatching(/^UnsupportedOperationError: .*deserializeFromBytes/),
      read: expect.stringMatching(/^UnsupportedOperationError: .*readIndex/),
    });
    expect(answer.retrieved).toHaveLength(2);
  }, 60_000);
});
