import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import type * as inNode from "./read-index-file.js";

/** Replaces `readIndexFile` in the build for browsers, which have no paths. */
export const readIndexFile: typeof inNode.readIndexFile = async () => {
  throw new UnsupportedOperationError(
    "The browser",
    "reading files by path",
    "Fetch the file and give its bytes to `readIndex`.",
  );
};
