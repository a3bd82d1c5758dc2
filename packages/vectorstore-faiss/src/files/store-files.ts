import { type FileHandle, open } from "node:fs/promises";
import { type ByteSource, fileSource } from "@secondpass/faiss/io";
import { StoreFileError } from "../errors/store-file-error.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { hashSource } from "../save/hash-source.js";
import { type OpenedStore, type OpenStoreOptions, readStore } from "../save/read-store.js";
import { type FileMark, readLink, type StoreLink } from "../save/store-link.js";
import { indexBytes, writeDocuments } from "../save/write-store.js";
import type { StoreCore } from "../store/store-core.js";
import type { LongOperationOptions } from "../store/store-progress.js";
import { commitStore, finishCommit } from "./commit-store.js";
import { withFolderLock } from "./folder-lock.js";
import { type StoreFolder, type StoreLayout, storeLayout } from "./store-layout.js";

/**
 * Saves a store whose positions are contiguous (`StoreCore.compact`). Call it while nothing changes the store.
 * Atomic: see `commitStore`.
 */
export async function saveStore(
  core: StoreCore,
  folder: StoreFolder,
  options: LongOperationOptions = {},
): Promise<void> {
  const { distanceStrategy, normalizeL2 } = core.settings;
  await commitStore(storeLayout(folder), {
    link: { distanceStrategy, normalizeL2 },
    index: () => indexBytes(core, options),
    documents: (out) => writeDocuments(core, folder.format, out, options),
  });
}

/**
 * Reads a store's two files: always a pair that was saved together, whatever happens to the folder meanwhile.
 * @throws as `readStore`
 */
export async function openStore(folder: StoreFolder, options: OpenStoreOptions = {}): Promise<OpenedStore> {
  const layout = storeLayout(folder);
  for (let before: StoreLink | undefined; ; ) {
    const handles: FileHandle[] = [];
    try {
      const { index, documents, link } = await openFiles(layout, handles, options);
      if (index !== undefined) {
        const { format } = folder;
        return await readStore({ index, documents, format, path: layout.documents, link }, options);
      }
      // A save may have committed while the files were opened; the same link again means that there was none.
      if (link?.documents.sha256 === before?.documents.sha256) {
        throw new StoreMismatchError(
          `${layout.index} is not the index that ${layout.documents} was saved with. Was one of them copied or restored alone?`,
        );
      }
      before = link;
    } finally {
      await Promise.all(handles.map((handle) => handle.close()));
    }
  }
}

interface OpenFiles {
  readonly documents: ByteSource;
  /** `undefined` when no index there is the one that the link names. */
  readonly index: ByteSource | undefined;
  readonly link: StoreLink | undefined;
}

/** The document file and the index it names. Opened handles go to `handles`. */
async function openFiles(
  layout: StoreLayout,
  handles: FileHandle[],
  { signal, verify = true }: OpenStoreOptions,
): Promise<OpenFiles> {
  const openSource = async (path: string): Promise<ByteSource | undefined> => {
    try {
      const handle = await open(path, "r");
      handles.push(handle);
      return await fileSource(handle);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw new StoreFileError(path, String(error), { cause: error });
    }
  };
  const documents = (await openSource(layout.documents)) ?? missing(layout.documents, layout);
  const link = await readLink(documents);
  const index = await openSource(layout.index);
  if (link === undefined) return { documents, index: index ?? missing(layout.index, layout), link };
  const next = await openSource(layout.nextIndex);
  if (index === undefined && next === undefined) missing(layout.index, layout);
  // Beside a `next` file the checksum has to decide; without one, size will do for those who do not want to wait.
  const check = verify || next !== undefined;
  if (index !== undefined && (await isMarked(index, link.index, check, signal)))
    return { documents, index, link };
  if (next === undefined || !(await isMarked(next, link.index, true, signal))) {
    return { documents, index: undefined, link };
  }
  await putRight(layout);
  return { documents, index: next, link };
}

function missing(path: string, { format }: StoreLayout): never {
  const [maker, others] =
    format === "python"
      ? ["`saveForPython`, or LangChain Python's `save_local`, makes one", "`load`"]
      : ["`save`, or LangChain.js, makes one", "`loadFromPython`"];
  throw new StoreFileError(path, `there is no such file. ${maker}; ${others} looks for the other layout.`);
}

/** Finishes a commit that was cut short, for readers that do not know of it. Reading goes on either way. */
async function putRight(layout: StoreLayout): Promise<void> {
  // The folder may be read-only, or someone may be saving: both are fine.
  await withFolderLock(layout.lock, () => finishCommit(layout)).catch(() => undefined);
}

async function isMarked(
  source: ByteSource,
  mark: FileMark,
  hash: boolean,
  signal?: AbortSignal,
): Promise<boolean> {
  if (source.size !== mark.bytes) return false;
  return !hash || (await hashSource(source, source.size, signal)).sha256 === mark.sha256;
}
