import type { CrashWriter } from "@secondpass/test-kit";
import { type Analyzer, BM25Retriever } from "../../src/index.js";
import { HybridStore } from "../../src/store/index.js";

const DOCUMENTS = 60;

/** Number of a version. */
const numberOf = (text: string) =>
  [...text].reduce((number, letter) => (number * 31 + letter.charCodeAt(0)) % 3001, 0);

/** The vector of a text encodes its version, which is its first word. */
const vectorOf = (text: string) => {
  const angle = numberOf(text.split(" ")[0]!) / 3001;
  return [Math.cos(angle), Math.sin(angle)];
};
const embeddings = {
  embedDocuments: async (texts: string[]) => texts.map(vectorOf),
  embedQuery: async (text: string) => vectorOf(text),
};

const analyzer: Analyzer = Object.assign((text: string) => text.split(" "), { analyzerId: "spaces" });

/** Documents that all contain their version; documents of different versions share no word except "all". */
const documentsOf = (version: string) =>
  Array.from({ length: DOCUMENTS }, (_, row) => ({
    id: `${version} ${row}`,
    pageContent: `${version} ${version}-${row} all`,
    metadata: { version },
  }));

/** The version of documents. Throws if they have different ones. */
function versionOf(
  found: readonly { readonly id?: string; readonly metadata: Record<string, unknown> }[],
): string {
  const version = String(found[0]?.metadata.version);
  const isWhole = found.every(
    ({ id, metadata }) => metadata.version === version && id?.startsWith(`${version} `),
  );
  const ids = new Set(found.map(({ id }) => id));
  if (ids.size !== DOCUMENTS || found.length !== DOCUMENTS || !isWhole) {
    throw new Error(`a mixed index of ${found.length} documents`);
  }
  return version;
}

export const CRASH_WRITERS: Readonly<Record<string, CrashWriter>> = {
  "a BM25Retriever": {
    entries: ["bm25.index"],
    async write(folder, version) {
      const retriever = await BM25Retriever.fromDocuments(documentsOf(version), { analyzer });
      await retriever.save(folder);
    },
    async read(folder) {
      const k = Number.POSITIVE_INFINITY;
      const retriever = await BM25Retriever.load(folder, { analyzer, k });
      const version = versionOf(await retriever.invoke("all"));
      if ((await retriever.invoke(version)).length !== DOCUMENTS) throw new Error("words of another index");
      return [version];
    },
  },
  "a HybridStore": {
    allowedErrors: ["StoreLockedError"],
    entries: ["docstore.json", "faiss.index", "words.index"],
    async write(folder, version) {
      const store = await HybridStore.fromDocuments(documentsOf(version) as never, embeddings, { analyzer });
      await store.save(folder);
      store.dispose();
    },
    async read(folder) {
      const store = await HybridStore.load(folder, embeddings, { analyzer });
      const by = async (mode: "dense" | "lexical", question: string) =>
        (await store.search(question, { mode, k: 2 * DOCUMENTS })).map(({ document }) => document);
      const version = versionOf(await by("lexical", "all"));
      if (versionOf(await by("lexical", version)) !== version) throw new Error("words of another store");
      const [nearest] = await store.search(version, { mode: "dense", k: DOCUMENTS });
      const isSame = versionOf(await by("dense", version)) === version && nearest!.similarity! > 1 - 1e-6;
      if (!isSame) throw new Error("vectors of another store");
      store.dispose();
      return [version];
    },
  },
};
