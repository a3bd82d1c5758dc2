import { LONG_OPERATION_OPTIONS } from "./contents/store-progress.js";
import { type FaissStoreOptions, STORE_OPTIONS } from "./faiss-store-options.js";
import type { MismatchOption } from "./mismatch-option.js";
import type { OpenStoreOptions } from "./persistence/read-store.js";

/** How a saved store is loaded. Strategy and normalisation come from the files if this package wrote them. */
export interface LoadOptions extends FaissStoreOptions, OpenStoreOptions, MismatchOption {}

/** Names of {@link LoadOptions}. */
export const LOAD_OPTIONS = [
  ...STORE_OPTIONS,
  ...LONG_OPERATION_OPTIONS,
  "verify",
  "rowsOnDisk",
] as const satisfies readonly (keyof LoadOptions)[];

/** Options of Python's files. */
export interface PythonFileOptions {
  /** Name of both files, without `.faiss` and `.pkl`. @default "index" */
  readonly indexName?: string;
}

/** How a store that was saved for Python is loaded. */
export interface PythonLoadOptions extends LoadOptions, PythonFileOptions {}
