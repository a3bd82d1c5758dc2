import { LONG_OPERATION_OPTIONS, type LongOperationOptions } from "../contents/store-progress.js";
import type { FaissFilter } from "../search/faiss-filter.js";

/** What to delete: exactly one of these. A signal stops it before anything is deleted. */
export type DeleteParams = LongOperationOptions &
  (
    | {
        readonly ids: readonly string[];
        /** Ignores ids that are not stored instead of throwing. @default the store's option, false */
        readonly ignoreMissing?: boolean;
      }
    | { readonly filter: FaissFilter }
    | { readonly deleteAll: true }
  );

/** Names of {@link DeleteParams}. */
export const DELETE_PARAMS = [
  ...LONG_OPERATION_OPTIONS,
  "ids",
  "ignoreMissing",
  "filter",
  "deleteAll",
] as const;
