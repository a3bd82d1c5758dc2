import type { EmbeddingIdentity } from "@secondpass/core";
import { IndexRefineFlat } from "@secondpass/faiss";
import type { StoreContents } from "../contents/store-contents.js";
import type { LongOperationOptions } from "../contents/store-progress.js";
import { asStoreFileError } from "./as-store-file-error.js";
import { commitStore, type StoreWriter } from "./commit-store.js";
import { indexBytes } from "./index-bytes.js";
import type { FileMark } from "./link/store-link.js";
import { type StoreFolder, storePaths } from "./store-paths.js";
import { writeDocuments } from "./write-documents.js";

/**
 * Saves a store. Changes of the store wait meanwhile; a crash leaves the old files or the new ones (see `commitStore`).
 * @param embeddings the identity of the embeddings that made the vectors
 * @returns size and checksum of the document file without its link
 * @throws StoreLockedError if another process saves it
 * @throws StoreFileError if the files cannot be written; the old store is still there
 */
export async function saveStore(
  contents: StoreContents,
  folder: StoreFolder,
  embeddings: Promise<EmbeddingIdentity>,
  options: LongOperationOptions = {},
): Promise<FileMark> {
  const { distanceStrategy, normalizeL2 } = contents.settings;
  const paths = storePaths(folder);
  const writer: Omit<StoreWriter, "link"> = {
    index: () => indexBytes(contents, options),
    documents: (out) => writeDocuments(contents, out, paths.layout.writeDocuments, options),
  };
  return contents.settled(async () => {
    const { index } = contents;
    const rowsOnDisk = index instanceof IndexRefineFlat && index.rowsOnDisk;
    const link = {
      distanceStrategy,
      normalizeL2,
      ...(rowsOnDisk && { rowsOnDisk }),
      embeddings: await embeddings,
    };
    try {
      return await commitStore(paths, { ...writer, link });
    } catch (error) {
      throw asStoreFileError(error, "write", paths.documents);
    }
  }, options);
}
