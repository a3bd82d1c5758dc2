import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { fileSource } from "@secondpass/faiss/io";
import { BufferedWriter } from "../io/buffered-writer.js";
import { hashSource } from "../save/hash-source.js";
import { HashingSink } from "../save/hashing-sink.js";
import { type FileMark, linkLine, readLink, type StoreLink } from "../save/store-link.js";
import { fileSink } from "./file-sink.js";
import { withFolderLock } from "./folder-lock.js";
import type { StoreLayout } from "./store-layout.js";

/** What is to be saved. */
export interface StoreWriter {
  /** The index file's bytes, in order. */
  index(): AsyncIterable<Uint8Array>;
  /** Writes the document file up to its link. */
  documents(out: BufferedWriter): Promise<void>;
  readonly link: Pick<StoreLink, "distanceStrategy" | "normalizeL2">;
}

/**
 * Replaces a store's two files so that a crash at any moment leaves the old store or the new one.
 *
 * Both files are written beside the old ones and flushed to disk. The new document file names the index it belongs to
 * by size and SHA-256; renaming it over the old one is the commit. The index follows by a second rename. Between the two
 * (microseconds, no data is written) the folder holds new documents beside the old index: `openStore` sees that the
 * index is not the one named and takes the new one from where it still lies. Programs that do not know the link
 * see old or new files, too, except when the process dies exactly there; `load` or the next `save` then puts it right.
 */
export async function commitStore(layout: StoreLayout, writer: StoreWriter): Promise<void> {
  await mkdir(layout.directory, { recursive: true });
  await withFolderLock(layout.lock, async () => {
    // An unfinished commit's new index is live data; the file must not be overwritten.
    await finishCommit(layout);
    try {
      await writeNext(layout, writer);
    } catch (error) {
      await Promise.all([layout.nextIndex, layout.nextDocuments].map((path) => rm(path, { force: true })));
      throw error;
    }
    await rename(layout.nextDocuments, layout.documents);
    await rename(layout.nextIndex, layout.index);
    await flushFolder(layout.directory);
  });
}

/**
 * Does what a commit that was cut short between its two renames still had to do. Call it under the folder's lock.
 * @returns whether there was anything to do
 */
export async function finishCommit(layout: StoreLayout): Promise<boolean> {
  const link = await withFile(layout.documents, async (handle) => readLink(await fileSource(handle)));
  if (link === undefined) return false;
  const matches = await withFile(layout.nextIndex, async (handle) => {
    const source = await fileSource(handle);
    return source.size === link.index.bytes && (await hashSource(source)).sha256 === link.index.sha256;
  });
  if (!matches) return false;
  await rename(layout.nextIndex, layout.index);
  await flushFolder(layout.directory);
  return true;
}

/** Writes both files beside the old ones. */
async function writeNext(layout: StoreLayout, writer: StoreWriter): Promise<void> {
  const index = await writeDurably(layout.nextIndex, async (sink) => {
    for await (const piece of writer.index()) await sink.write(piece);
  });
  await writeDurably(layout.nextDocuments, async (sink) => {
    const out = new BufferedWriter(sink);
    await writer.documents(out);
    await out.drain();
    const link: StoreLink = { version: 1, index, documents: sink.mark(), ...writer.link };
    out.text(layout.format === "python" ? linkLine(link, "\n") : linkLine(link, "]"));
    await out.drain();
  });
}

/** Writes a file to the disk itself, not only to the system's cache. */
async function writeDurably(path: string, write: (sink: HashingSink) => Promise<void>): Promise<FileMark> {
  const handle = await open(path, "w");
  try {
    const sink = new HashingSink(fileSink(handle));
    await write(sink);
    await handle.sync();
    return sink.mark();
  } finally {
    await handle.close();
  }
}

/** Makes renames last; not every system can (Windows needs no such thing). */
async function flushFolder(directory: string): Promise<void> {
  await withFile(directory, (handle) => handle.sync()).catch(() => undefined);
}

/** Opens a file to read, `undefined` when it does not exist. */
async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
