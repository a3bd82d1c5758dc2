import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import type * as inNode from "./disk-rows.js";

/** Replaces `DiskRows` in the build for browsers, which have no files. */
export const DiskRows = class {
  constructor() {
    throw new UnsupportedOperationError("The browser", "rows on disk", 'Use `rows: "memory"`.');
  }
} as unknown as typeof inNode.DiskRows;
