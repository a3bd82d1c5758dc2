import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import type * as inNode from "./write-index-file.js";

/** Replaces `writeIndexFile` in the build for browsers, which have no paths. */
export const writeIndexFile: typeof inNode.writeIndexFile = async () => {
  throw new UnsupportedOperationError(
    "The browser",
    "writing files by path",
    "Store the bytes of `indexToBytes` where you like.",
  );
};
