import type { StoreContents } from "../contents/store-contents.js";
import type { LongOperationOptions } from "../contents/store-progress.js";
import { commitStore, type StoreWriter } from "./commit-store.js";
import { indexBytes } from "./index-bytes.js";
import { type StoreFolder, storePaths } from "./store-paths.js";
import { writeDocuments } from "./write-documents.js";

/** Saves a store. Changes of the store wait meanwhile; a crash leaves the old files or the new ones (see `commitStore`). */
export async function saveStore(
  contents: StoreContents,
  folder: StoreFolder,
  options: LongOperationOptions = {},
): Promise<void> {
  const { distanceStrategy, normalizeL2 } = contents.settings;
  const paths = storePaths(folder);
  const writer: StoreWriter = {
    link: { distanceStrategy, normalizeL2 },
    index: () => indexBytes(contents, options),
    documents: (out) => writeDocuments(contents, out, paths.layout.writeDocuments, options),
  };
  await contents.settled(() => commitStore(paths, writer), options);
}
