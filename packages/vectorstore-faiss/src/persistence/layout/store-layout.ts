import type { WorkSlices } from "@secondpass/core";
import type { ByteSource } from "@secondpass/faiss/io";
import type { Docstore } from "../../documents/docstore.js";
import type { BufferedWriter } from "../../io/buffered-writer.js";
import type { StoredDocuments } from "./stored-documents.js";

/** Options for reading a document file. */
export interface ReadDocumentsOptions {
  /** The file's path, for errors. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes read, and of all bytes. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Options for writing a document file. */
export interface WriteDocumentsOptions {
  readonly slices: WorkSlices;
  /** Called with each document's number. */
  readonly onDocument?: ((done: number) => void) | undefined;
}

/**
 * A layout of saved stores: the names of the two files, and how the document file is read and written. The index file is
 * FAISS's own in every layout. A new layout is a folder next to `json/` and `pickle/` that exports one of these, and a line in
 * `layouts.ts`.
 */
export interface StoreLayout {
  /** @param indexName the caller's name for the files; layouts whose names are fixed ignore it */
  fileNames(indexName: string): { readonly index: string; readonly documents: string };

  /** Advice for the error about a missing file: what writes such files, and which method reads the other layout. */
  readonly advice: string;

  /** The end of the document file, after the line of its link (`StoreLink`). Programs that do not know the link ignore it. */
  readonly linkEnding: "]" | "\n";

  /**
   * Reads a document file up to its link.
   * @param documents receives the documents
   * @throws StoreFileError, MalformedPickleError, PickleBudgetError, ForbiddenGlobalError
   */
  readDocuments(
    source: ByteSource,
    documents: StoredDocuments,
    options: ReadDocumentsOptions,
  ): Promise<unknown>;

  /**
   * Writes a document file without its link, documents in the order of their (first) positions.
   * @param slots the docstore slot of each position; positions may share one
   * @throws MetadataError for metadata that the layout cannot hold
   */
  writeDocuments(
    out: BufferedWriter,
    docstore: Docstore,
    slots: Uint32Array,
    options: WriteDocumentsOptions,
  ): Promise<void>;
}
