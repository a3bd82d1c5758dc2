import { mkdir, open, rename, rm } from "node:fs/promises";
import { flushFolder } from "@secondpass/core/node";
import { BufferedWriter } from "../io/buffered-writer.js";
import { fileSink } from "./file-sink.js";
import { finishCommit } from "./finish-commit.js";
import { HashingSink } from "./link/hashing-sink.js";
import { type FileMark, linkLine, type StoreLink } from "./link/store-link.js";
import type { StorePaths } from "./store-paths.js";
import { withStoreLock } from "./with-store-lock.js";

/** What is to be saved. */
export interface StoreWriter {
  /** The index file's bytes, in order. */
  index(): AsyncIterable<Uint8Array>;
  /** Writes the document file up to its link. */
  documents(out: BufferedWriter): Promise<void>;
  readonly link: Omit<StoreLink, "version" | "index" | "documents">;
}

/**
 * Replaces a store's two files so that a crash at any moment leaves the old store or the new one.
 *
 * Both files are written next to the old ones and flushed to disk. The new document file names the index it belongs to
 * by size and SHA-256; renaming it over the old one is the commit. The index follows by a second rename. Between the two
 * (microseconds, no data is written) the folder holds new documents and the old index: `openStore` sees that the
 * index is not the one named and takes the new one from its temporary name. Programs that do not know the link
 * see old or new files, too, except if the process dies exactly there; `load` or the next `save` then puts it right.
 */
export async function commitStore(paths: StorePaths, writer: StoreWriter): Promise<void> {
  await mkdir(paths.directory, { recursive: true });
  await withStoreLock(paths.lock, async () => {
    // An unfinished commit's new index is live data; the file must not be overwritten.
    await finishCommit(paths);
    try {
      await writeNext(paths, writer);
    } catch (error) {
      await Promise.all([paths.nextIndex, paths.nextDocuments].map((path) => rm(path, { force: true })));
      throw error;
    }
    await rename(paths.nextDocuments, paths.documents);
    await rename(paths.nextIndex, paths.index);
    await flushFolder(paths.directory);
  });
}

/** Writes both files next to the old ones. */
async function writeNext(paths: StorePaths, writer: StoreWriter): Promise<void> {
  const index = await writeDurably(paths.nextIndex, async (sink) => {
    for await (const piece of writer.index()) await sink.write(piece);
  });
  await writeDurably(paths.nextDocuments, async (sink) => {
    const out = new BufferedWriter(sink);
    await writer.documents(out);
    await out.drain();
    const link: StoreLink = { version: 1, index, documents: sink.mark(), ...writer.link };
    out.text(linkLine(link, paths.layout.linkEnding));
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
