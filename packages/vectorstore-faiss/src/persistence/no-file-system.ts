import { UnsupportedOperationError } from "@secondpass/faiss";
import type { FileSystem } from "./file-system.js";

/** What browsers have in the place of `file-system.ts`: they have no folders. */
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
    "Use `serializeToBytes` and `deserializeFromBytes`, and keep the bytes where you like.",
  );
}
