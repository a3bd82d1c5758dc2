import {
  checkBoolean,
  checkCallOptions,
  checkOptionValues,
  checkTexts,
  InvalidOptionError,
  type OptionCheck,
} from "@secondpass/core";
import type { DocumentFilter } from "./document-filter.js";

/** The documents to delete: exactly one of these. */
export type DeleteDocumentsParams = { readonly signal?: AbortSignal } & (
  | {
      readonly ids: readonly string[];
      /** Ignores unknown ids. @default false: they throw */
      readonly ignoreMissing?: boolean;
    }
  | { readonly filter: DocumentFilter }
  | { readonly deleteAll: true }
);

const WAYS = ["ids", "filter", "deleteAll"];

const CHECKS: Readonly<Record<string, OptionCheck>> = {
  ids: (name, value) => checkTexts(value, name),
  ignoreMissing: checkBoolean,
  deleteAll: checkBoolean,
};

/**
 * Checks the parameters of a deletion.
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError} unless exactly one of `ids`, `filter` and `deleteAll` is given
 */
export function checkDeleteParams(params: DeleteDocumentsParams): void {
  checkCallOptions(params, "delete", [...WAYS, "ignoreMissing", "signal"]);
  checkOptionValues(params, CHECKS);
  const given = WAYS.filter((name) => name in (params ?? {}));
  if (given.length !== 1) {
    throw new InvalidOptionError("delete's parameters", "one of `ids`, `filter` and `deleteAll`", given);
  }
}
