import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "@langchain/core/documents";
import { writeFileAtomically } from "@secondpass/core/node";
import type { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { EmbeddingMismatchError } from "@secondpass/vectorstore-faiss";

/** Says which texts, cut how, embedded by which model, an index was built from. */
const NOTE = "built-from.json";

export interface OpenedIndex {
  readonly store: HybridStore;
  /** Whether it was found in the folder, so that nothing had to be embedded. */
  readonly reused: boolean;
}

/**
 * The index saved in `directory`, if it was built from these chunks by this model; otherwise a new one, saved there unless there is
 * no directory. An index remembers its model but not its texts, so a note beside it does.
 */
export async function openIndex(
  directory: string | undefined,
  chunks: readonly Document[],
  embeddings: HuggingFaceEmbeddings,
  build: () => Promise<HybridStore>,
): Promise<OpenedIndex> {
  if (directory === undefined) return { store: await build(), reused: false };

  const hash = createHash("sha256");
  for (const { pageContent, metadata } of chunks) hash.update(JSON.stringify([pageContent, metadata]));
  const builtFrom = JSON.stringify({
    model: embeddings.model,
    chunks: chunks.length,
    sha256: hash.digest("hex"),
  });
  const note = join(directory, NOTE);
  if ((await readFile(note, "utf8").catch(() => undefined)) === builtFrom) {
    try {
      return { store: await HybridStore.load(directory, embeddings), reused: true };
    } catch (error) {
      // The model has another version under the same name, or an earlier version of the demo saved the index.
      if (!EmbeddingMismatchError.isInstance(error)) throw error;
    }
  }
  const store = await build();
  // Remove the note first and write it last: one next to another index would be believed.
  await rm(note, { force: true });
  await store.save(directory);
  await writeFileAtomically(note, builtFrom);
  return { store, reused: false };
}
