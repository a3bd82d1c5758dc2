import type { CrashWriter } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";

const DOCUMENTS = 200;

const embeddings = {
  embedDocuments: async (texts: string[]) => texts.map(() => [0, 0, 0]),
  embedQuery: async () => [0, 0, 0],
};

/** The number of a version, used in its vectors; its square is exact in single precision. */
const numberOf = (version: string) =>
  [...version].reduce((number, letter) => (number * 31 + letter.charCodeAt(0)) % 3001, 0);

/** A store whose documents and vectors all contain the version. */
async function storeOf(version: string): Promise<FaissStore> {
  const store = new FaissStore(embeddings);
  const rows = Array.from({ length: DOCUMENTS }, (_, row) => row);
  await store.addVectors(
    rows.map((row) => [numberOf(version), row, 1]),
    rows.map((row) => ({ pageContent: version, metadata: { row } })),
    { ids: rows.map((row) => `${version} ${row}`) },
  );
  return store;
}

/** The version of a whole store. */
async function versionOf(store: FaissStore): Promise<string> {
  const hits = await store.similaritySearchVectorWithScore([0, 0, 1], DOCUMENTS);
  const version = hits[0]?.[0].pageContent ?? "";
  const isWhole = hits.every(
    ([{ pageContent, metadata }, score]) =>
      pageContent === version && score === numberOf(version) ** 2 + metadata.row ** 2,
  );
  store.dispose();
  if (hits.length !== DOCUMENTS || !isWhole) throw new Error(`a mixed store of ${hits.length} documents`);
  return version;
}

const allowedErrors = ["StoreLockedError"];

export const CRASH_WRITERS: Readonly<Record<string, CrashWriter>> = {
  "a store in LangChain.js's layout": {
    allowedErrors,
    entries: ["docstore.json", "faiss.index"],
    write: async (folder, version) => (await storeOf(version)).save(folder),
    read: async (folder) => [await versionOf(await FaissStore.load(folder, embeddings))],
  },
  "a store in Python's layout": {
    allowedErrors,
    entries: ["index.faiss", "index.pkl"],
    write: async (folder, version) => (await storeOf(version)).saveForPython(folder),
    read: async (folder) => [await versionOf(await FaissStore.loadFromPython(folder, embeddings))],
  },
};
