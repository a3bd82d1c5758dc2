import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { flushFolder, makeFolders, saveFileSet } from "@secondpass/core/node";
import { BufferedWriter } from "../io/buffered-writer.js";
import { fileSink } from "./file-sink.js";
import { HashingSink } from "./link/hashing-sink.js";
import { type FileMark, linkLine, type StoreLink } from "./link/store-link.js";
import { readDocumentsLink, storeFileSet } from "./store-file-set.js";
import type { StorePaths } from "./store-paths.js";
import { withStoreLock } from "./with-store-lock.js";

/** The contents to save. */
export interface StoreWriter {
  /** The index file's bytes, in order. */
  index(): AsyncIterable<Uint8Array>;
  /** Writes the document file without its link. */
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
 * also see old or new files, except if the process dies exactly there; `load` or the next `save` then repairs the folder.
 *
 * @returns size and checksum of the document file without its link
 */
export async function commitStore(paths: StorePaths, writer: StoreWriter): Promise<FileMark> {
  const made = await makeFolders(paths.directory);
  let documents: FileMark | undefined;
  await withStoreLock(paths.lock, (lease) =>
    saveFileSet(storeFileSet(paths), paths.lock, lease, async ({ head, members: [index] }) => {
      const mark = await writeIndex(index!, writer);
      documents = await writeDocuments(head, mark, paths, writer);
      return async () => {
        const index = (await readDocumentsLink(paths))?.index;
        return index?.bytes === mark.bytes && index.sha256 === mark.sha256;
      };
    }),
  );
  if (made !== undefined) await flushFolder(dirname(made));
  return documents!;
}

async function writeIndex(handle: FileHandle, writer: StoreWriter): Promise<FileMark> {
  const sink = new HashingSink(fileSink(handle));
  for await (const piece of writer.index()) await sink.write(piece);
  return sink.mark();
}

async function writeDocuments(
  handle: FileHandle,
  index: FileMark,
  paths: StorePaths,
  writer: StoreWriter,
): Promise<FileMark> {
  const sink = new HashingSink(fileSink(handle));
  const out = new BufferedWriter(sink);
  await writer.documents(out);
  await out.drain();
  const link: StoreLink = { version: 1, index, documents: sink.mark(), ...writer.link };
  out.text(linkLine(link, paths.layout.linkEnding));
  await out.drain();
  return link.documents;
}
