import type { StoredRecord } from "../../documents/docstore.js";

/** Takes the documents of a saved store as they are read. */
export interface StoredDocuments {
  /** A document, before its id is known. @returns its number, for `document` */
  record(record: StoredRecord): number;
  /** An id, and the record that bears it; a record may come under several ids. */
  document(id: string, record: number): void;
  /** Which document a position of the index belongs to. */
  position(position: number, id: string): void;
}
