import { existsSync } from "node:fs";
import { join } from "node:path";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { EMBEDDER_PATH } from "@secondpass/mini-models";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";

/**
 * The store that an earlier run saved in a folder, or an empty one.
 * @param {string} folder
 */
export async function openStore(folder) {
  const embeddings = new HuggingFaceEmbeddings({ model: EMBEDDER_PATH });
  return existsSync(join(folder, "docstore.json"))
    ? HybridStore.load(folder, embeddings)
    : new HybridStore(embeddings);
}
