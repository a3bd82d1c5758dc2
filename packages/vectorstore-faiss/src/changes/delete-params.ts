import type { LongOperationOptions } from "../contents/store-progress.js";
import type { FaissFilter } from "../search/faiss-filter.js";

/** What to delete: exactly one of these. A signal stops it before anything is deleted. */
export type DeleteParams = LongOperationOptions &
  ({ readonly ids: readonly string[] } | { readonly filter: FaissFilter } | { readonly deleteAll: true });
