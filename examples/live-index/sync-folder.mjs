import { createHash } from "node:crypto";
import { Document } from "@langchain/core/documents";
import { DirectoryLoader } from "@secondpass/document-loaders";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";

const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100 });

/**
 * Brings a store up to date with a folder: adds new files, replaces changed ones, removes deleted ones. The store itself is the record: each passage has its file's path and the
 * hash of its text.
 * @param {import("@secondpass/retrievers-hybrid/store").HybridStore} store
 * @param {string} folder
 * @returns {Promise<{ added: number, deleted: number }>} passages
 */
export async function syncFolder(store, folder) {
  /** Passages of each file that is stored, and the hash of its text. @type {Map<string, { hash: string, ids: string[] }>} */
  const stored = new Map();
  for await (const { id, metadata } of store.allDocuments()) {
    /** @type {{ hash: string, ids: string[] }} */
    const file = stored.get(metadata.source) ?? { hash: metadata.hash, ids: [] };
    file.ids.push(/** @type {string} */ (id));
    stored.set(metadata.source, file);
  }

  /** @type {Document[]} */
  const changed = [];
  // A file that cannot be read keeps its passages: it may be half written at the moment.
  /** @type {Set<string>} */
  const unreadable = new Set();
  const loader = new DirectoryLoader(folder, { onError: (_, path) => void unreadable.add(path) });
  const present = new Set();
  for await (const document of loader.lazyLoad()) {
    const { source } = document.metadata;
    present.add(source);
    const hash = createHash("sha256").update(document.pageContent).digest("hex");
    if (stored.get(source)?.hash === hash) continue;
    changed.push(new Document({ ...document, metadata: { ...document.metadata, hash } }));
  }

  const replaced = new Set(changed.map(({ metadata }) => metadata.source));
  const stale = [...stored]
    .filter(([source]) => replaced.has(source) || !(present.has(source) || unreadable.has(source)))
    .flatMap(([, { ids }]) => ids);
  const passages = await splitter.splitDocuments(changed);
  // First the new ones: a search meanwhile may find both, but never nothing.
  await store.addDocuments(passages);
  if (stale.length > 0) await store.delete({ ids: stale });
  return { added: passages.length, deleted: stale.length };
}
