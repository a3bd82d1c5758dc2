import type { Document } from "@langchain/core/documents";
import type { MetadataFilter } from "@secondpass/core";

/**
 * What `FaissStore` accepts as a filter: conditions on metadata, or a function that is shown copies of documents. A function
 * may be asynchronous: 32 of its answers at most are awaited at a time.
 */
export type FaissFilter = MetadataFilter | ((document: Document) => boolean | Promise<boolean>);
