import { SecondpassError } from "@secondpass/core";
import type { FileSystem } from "./file-system.js";

/** Replaces `file-system.ts` in browsers, which have no folders: both operations throw. */
export const noFileSystem: FileSystem = {
  saveIndex: async () => {
    throw new SecondpassError(
      "Cannot save an index in a browser, which has no folders. Add the documents again there.",
    );
  },
  loadIndex: async () => {
    throw new SecondpassError(
      "Cannot load an index in a browser, which has no folders. Add the documents there.",
    );
  },
};

export { noFileSystem as fileSystem };
