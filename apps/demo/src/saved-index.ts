import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { FaissStore } from "@secondpass/vectorstore-faiss";

/** Says which texts, cut how, embedded by which model, an index was built from. */
const NOTE = "built-from.json";

/**
 * The index saved in `directory`, if it was built from these chunks by this model; otherwise a new one, saved there. An
 * index remembers neither its model nor its texts, so a note beside it does.
 */
export async function savedIndex(
  directory: string,
  chunks: readonly Document[],
  model: string,
  embeddings: EmbeddingsInterface,
  build: () => Promise<FaissStore>,
): Promise<{ readonly store: FaissStore; readonly reused: boolean }> {
  const hash = createHash("sha256");
  for (const { pageContent, metadata } of chunks) hash.update(JSON.stringify([pageContent, metadata.source]));
  const builtFrom = JSON.stringify({ model, chunks: chunks.length, sha256: hash.digest("hex") });

  const note = join(directory, NOTE);
  if ((await readFile(note, "utf8").catch(() => undefined)) === builtFrom) {
    return { store: await FaissStore.load(directory, embeddings), reused: true };
  }
  const store = await build();
  await store.save(directory);
  // Last, and whole: a note without its index would be believed.
  await writeFile(`${note}.tmp`, builtFrom);
  await rename(`${note}.tmp`, note);
  return { store, reused: false };
}
