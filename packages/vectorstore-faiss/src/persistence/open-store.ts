import { type FileHandle, open } from "node:fs/promises";
import { isErrorCode } from "@secondpass/core/node";
import { type ByteSource, fileSource } from "@secondpass/faiss/io";
import { StoreFileError } from "../errors/store-file-error.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { finishCommit } from "./finish-commit.js";
import { hashSource } from "./link/hash-source.js";
import { type FileMark, readLink, type StoreLink } from "./link/store-link.js";
import { type OpenedStore, type OpenStoreOptions, readStore } from "./read-store.js";
import { type StoreFolder, type StorePaths, storePaths } from "./store-paths.js";
import { withStoreLock } from "./with-store-lock.js";

/**
 * Reads a store's two files: always a pair that was saved together, whatever happens to the folder meanwhile.
 * @throws as `readStore`
 */
export async function openStore(folder: StoreFolder, options: OpenStoreOptions = {}): Promise<OpenedStore> {
  const paths = storePaths(folder);
  for (let before: StoreLink | undefined; ; ) {
    const handles: FileHandle[] = [];
    try {
      const { index, documents, link } = await openFiles(paths, handles, options);
      if (index !== undefined) {
        const readDocuments: Parameters<typeof readStore>[0]["readDocuments"] = async (to, how) => {
          await paths.layout.readDocuments(documents, to, how);
          return index;
        };
        return await readStore({ documents, path: paths.documents, link, readDocuments }, options);
      }
      // A save may have committed while the files were opened; the same link again means that there was none.
      if (link?.documents.sha256 === before?.documents.sha256) {
        throw new StoreMismatchError(
          `${paths.index} is not the index that ${paths.documents} was saved with. Was one of them copied or restored alone?`,
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
  /** `undefined` if no index there is the one that the link names. */
  readonly index: ByteSource | undefined;
  readonly link: StoreLink | undefined;
}

/** The document file and the index it names. Opened handles go to `handles`. */
async function openFiles(
  paths: StorePaths,
  handles: FileHandle[],
  { signal, verify = true }: OpenStoreOptions,
): Promise<OpenFiles> {
  const openSource = async (path: string): Promise<ByteSource | undefined> => {
    try {
      const handle = await open(path, "r");
      handles.push(handle);
      return await fileSource(handle);
    } catch (error) {
      if (isErrorCode(error, "ENOENT")) return undefined;
      throw new StoreFileError(path, String(error), { cause: error });
    }
  };
  const isMissing = (path: string) =>
    new StoreFileError(path, `there is no such file. ${paths.layout.advice}`);
  const documents = await openSource(paths.documents);
  if (documents === undefined) throw isMissing(paths.documents);
  const link = await readLink(documents);
  const index = await openSource(paths.index);
  const next = link === undefined ? undefined : await openSource(paths.nextIndex);
  if (index === undefined && next === undefined) throw isMissing(paths.index);
  if (link === undefined) return { documents, index, link };
  // Next to a `next` file the checksum has to decide; without one, the size is enough for those who do not want to wait.
  const check = verify || next !== undefined;
  if (index !== undefined && (await isMarked(index, link.index, check, signal)))
    return { documents, index, link };
  if (next === undefined || !(await isMarked(next, link.index, true, signal))) {
    return { documents, index: undefined, link };
  }
  await recover(paths);
  return { documents, index: next, link };
}

/** Finishes a commit that was cut short, for readers that do not know of it. Reading goes on either way. */
async function recover(paths: StorePaths): Promise<void> {
  // The folder may be read-only, or someone may be saving: both are fine.
  await withStoreLock(paths.lock, async () => {
    await finishCommit(paths);
  }).catch(() => undefined);
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
