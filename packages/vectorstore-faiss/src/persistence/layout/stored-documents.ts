import type { StoredRecord } from "../../documents/docstore.js";

/** Receives the documents of a saved store while they are read. */
export interface StoredDocuments {
  /** Receives a document whose id is not known yet. @returns its number, for `document` */
  record(record: StoredRecord): number;
  /** Receives an id and its record; a record may have several ids. */
  document(id: string, record: number): void;
  /** Receives a position of the index and the id of its document. */
  position(position: number, id: string): void;
}
