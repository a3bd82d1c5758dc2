import { checkBoolean, checkCallOptions, checkOptionValues } from "@secondpass/core";
import type { AddDocumentsOptions } from "./document-index.js";

/** Names of {@link AddDocumentsOptions}. */
export const ADD_OPTIONS = [
  "ids",
  "upsert",
  "signal",
] as const satisfies readonly (keyof AddDocumentsOptions)[];

/** Checks the options of adding, except `ids`, which are checked with the documents. @throws {UnknownOptionError} @throws {InvalidOptionError} */
export function checkAddOptions(options: AddDocumentsOptions): void {
  checkCallOptions(options, "addDocuments", ADD_OPTIONS);
  checkOptionValues(options, { upsert: checkBoolean });
}
