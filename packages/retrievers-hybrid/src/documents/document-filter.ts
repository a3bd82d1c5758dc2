import type { Document } from "@langchain/core/documents";
import type { MetadataFilter } from "@secondpass/core";

/**
 * Filter of documents: conditions on metadata, or a function that receives copies of documents. A function may be asynchronous; at most
 * 32 of its promises are awaited at the same time.
 */
export type DocumentFilter = MetadataFilter | ((document: Document) => boolean | Promise<boolean>);
