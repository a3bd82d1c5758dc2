import { basename } from "node:path";
import { isErrorCode, memberPaths, openRegularFile, settleFileSet } from "@secondpass/core/node";
import { type ByteSource, fileSource, type SharedFile, shareFile } from "@secondpass/faiss/io";
import { StoreFileError } from "../errors/store-file-error.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { asStoreFileError } from "./as-store-file-error.js";
import { hashSource } from "./link/hash-source.js";
import { type FileMark, readLink, type StoreLink } from "./link/store-link.js";
import { type OpenedStore, type OpenStoreOptions, readStore } from "./read-store.js";
import { storeFileSet } from "./store-file-set.js";
import { type StoreFolder, type StorePaths, storePaths } from "./store-paths.js";
import { withStoreLock } from "./with-store-lock.js";

/**
 * Reads a store's two files: always a pair that was saved together, even if the folder changes meanwhile.
 * @throws as `readStore`
 */
export async function openStore(folder: StoreFolder, options: OpenStoreOptions = {}): Promise<OpenedStore> {
  const paths = storePaths(folder);
  try {
    for (;;) {
      const opened = await openOnce(paths, options);
      if (opened !== undefined) return opened;
    }
  } catch (error) {
    throw asStoreFileError(error, "read", paths.documents);
  }
}

/** Reads the files once. @returns undefined if another store was saved meanwhile */
async function openOnce(paths: StorePaths, options: OpenStoreOptions): Promise<OpenedStore | undefined> {
  const files: SharedFile[] = [];
  try {
    const { index, documents, link } = await openFiles(paths, files, options);
    if (index !== undefined) {
      const readDocuments: Parameters<typeof readStore>[0]["readDocuments"] = async (to, how) => {
        await paths.layout.readDocuments(documents, to, how);
        return index;
      };
      return await readStore({ documents, path: paths.documents, link, readDocuments }, options);
    }
    // If the document file is still the one read at first, no save was committed meanwhile, and the index is lost.
    const now = await openSource(paths.documents, files);
    const linkNow = now && (await readLink(now));
    if (JSON.stringify(linkNow) !== JSON.stringify(link)) return undefined;
    if (link === undefined) throw missing(paths.index, paths);
    throw new StoreMismatchError(
      `${paths.index} is missing, or not the index that ${paths.documents} was saved with. Was one of them copied or restored alone?`,
    );
  } finally {
    await Promise.all(files.map((file) => file.release()));
  }
}

interface OpenFiles {
  readonly documents: ByteSource;
  /** `undefined` if no index in the folder is the one that the link names. */
  readonly index: ByteSource | undefined;
  readonly link: StoreLink | undefined;
}

/** Opens the document file and the index it names. Opened files are added to `files`. */
async function openFiles(
  paths: StorePaths,
  files: SharedFile[],
  { signal, verify = true }: OpenStoreOptions,
): Promise<OpenFiles> {
  const documents = await openSource(paths.documents, files);
  if (documents === undefined) throw missing(paths.documents, paths);
  const link = await readLink(documents);
  if (link === undefined) return { documents, index: await openSource(paths.index, files), link };
  const places = await indexPaths(paths);
  for (const place of places) {
    const index = await openSource(place, files);
    // If there are several indexes, the checksum decides; for a single one, its size is enough unless `verify` is set.
    const hash = verify || places.length > 1;
    if (index === undefined || !(await isMarked(index, link.index, hash, signal))) continue;
    if (place !== paths.index) await recover(paths);
    return { documents, index, link };
  }
  return { documents, index: undefined, link };
}

/** Paths where the index may be. In a folder without permission to list it, unfinished saves are not found. */
async function indexPaths(paths: StorePaths): Promise<string[]> {
  try {
    return await memberPaths(paths.directory, basename(paths.index));
  } catch (error) {
    if (isErrorCode(error, "EACCES")) return [paths.index];
    throw error;
  }
}

/** Finishes an interrupted commit, for readers that do not know the link. Reading continues in any case. */
async function recover(paths: StorePaths): Promise<void> {
  // Ignore errors: the folder may be read-only, or another process may be saving.
  await withStoreLock(paths.lock, () => settleFileSet(storeFileSet(paths), "end")).catch(() => undefined);
}

async function openSource(path: string, files: SharedFile[]): Promise<ByteSource | undefined> {
  try {
    const handle = await openRegularFile(path);
    const file = await shareFile(handle, path);
    files.push(file);
    return await fileSource(handle, file);
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw asStoreFileError(error, "read", path);
  }
}

function missing(path: string, paths: StorePaths): StoreFileError {
  return new StoreFileError(path, `there is no such file. ${paths.layout.advice}`, { code: "ENOENT" });
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
