import type { Document } from "@langchain/core/documents";
import type { MetadataFilter } from "@secondpass/core";

/**
 * A filter of `FaissStore`: conditions on metadata, or a function that gets copies of documents. A function
 * may be asynchronous: at most 32 of its answers are awaited at a time.
 */
export type FaissFilter = MetadataFilter | ((document: Document) => boolean | Promise<boolean>);
