import type { FaissStoreOptions } from "./faiss-store-options.js";
import type { MismatchOption } from "./mismatch-option.js";
import type { OpenStoreOptions } from "./persistence/read-store.js";

/** How a saved store is loaded. Strategy and normalisation come from the files if this package wrote them. */
export interface LoadOptions extends FaissStoreOptions, OpenStoreOptions, MismatchOption {}

/** Python's files may have another name than `index`. */
export interface PythonFileOptions {
  /** Name of both files, without `.faiss` and `.pkl`. @default "index" */
  readonly indexName?: string;
}

/** How a store that was saved for Python is loaded. */
export interface PythonLoadOptions extends LoadOptions, PythonFileOptions {}
