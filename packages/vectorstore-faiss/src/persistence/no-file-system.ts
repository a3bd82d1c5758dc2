import { UnsupportedOperationError } from "@secondpass/faiss";
import type { FileSystem } from "./file-system.js";

/** Replaces `file-system.ts` in browsers, which have no folders. */
export const noFileSystem: FileSystem = {
  openStore: async () => {
    throw notInBrowsers("loading from a folder");
  },
  saveStore: async () => {
    throw notInBrowsers("saving to a folder");
  },
};

export { noFileSystem as fileSystem };

function notInBrowsers(operation: string): UnsupportedOperationError {
  return new UnsupportedOperationError(
    "FaissStore in a browser",
    operation,
    "Use `serializeToBytes` and `deserializeFromBytes`, and store the bytes where you like.",
  );
}
