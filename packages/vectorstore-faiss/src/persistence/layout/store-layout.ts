import type { WorkSlices } from "@secondpass/core";
import type { ByteSource } from "@secondpass/faiss/io";
import type { Docstore } from "../../documents/docstore.js";
import type { BufferedWriter } from "../../io/buffered-writer.js";
import type { StoredDocuments } from "./stored-documents.js";

/** What reading a document file may be told. */
export interface ReadDocumentsOptions {
  /** The file's path, for errors. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with bytes read and bytes there are. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What writing a document file may be told. */
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

  /** What makes such files and what reads other ones, as the error about a missing file says it. */
  readonly advice: string;

  /** The end of the document file, after the line of its link (`StoreLink`). Programs that do not know the link ignore it. */
  readonly linkEnding: "]" | "\n";

  /**
   * Reads a document file, and nothing after its end, where the link is.
   * @param documents takes what is read
   * @throws StoreFileError, MalformedPickleError, PickleBudgetError, RefusedGlobalError
   */
  readDocuments(
    source: ByteSource,
    documents: StoredDocuments,
    options: ReadDocumentsOptions,
  ): Promise<unknown>;

  /**
   * Writes a document file up to its link, documents in the order of their (first) positions.
   * @param slots the docstore slot of each position; positions may share one
   * @throws MetadataError for what the layout cannot hold
   */
  writeDocuments(
    out: BufferedWriter,
    docstore: Docstore,
    slots: Uint32Array,
    options: WriteDocumentsOptions,
  ): Promise<void>;
}
