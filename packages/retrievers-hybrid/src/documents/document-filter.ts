import type { Document } from "@langchain/core/documents";
import type { MetadataFilter } from "@secondpass/core";

/**
 * Which documents may be found: conditions on metadata, or a function that is shown copies of documents. A function may be asynchronous: 32
 * of its answers at most are awaited at a time.
 */
export type DocumentFilter = MetadataFilter | ((document: Document) => boolean | Promise<boolean>);
