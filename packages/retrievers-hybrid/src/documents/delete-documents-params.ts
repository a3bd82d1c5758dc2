import { checkKnownOptions, InvalidOptionError } from "@secondpass/core";
import type { DocumentFilter } from "./document-filter.js";

/** What to delete: exactly one of these. */
export type DeleteDocumentsParams = { readonly signal?: AbortSignal } & (
  | {
      readonly ids: readonly string[];
      /** Leaves out ids that are not there. @default false: they throw */
      readonly ignoreMissing?: boolean;
    }
  | { readonly filter: DocumentFilter }
  | { readonly deleteAll: true }
);

const WAYS = ["ids", "filter", "deleteAll"];

/**
 * Checks what a caller without types may have given.
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError} unless it says exactly one thing to delete
 */
export function checkDeleteParams(params: DeleteDocumentsParams): void {
  checkKnownOptions(params, [...WAYS, "ignoreMissing", "signal"], "delete");
  const given = WAYS.filter((name) => name in (params ?? {}));
  if (given.length !== 1) {
    throw new InvalidOptionError("delete's parameters", "one of `ids`, `filter` and `deleteAll`", given);
  }
}
