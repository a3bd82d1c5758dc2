import { UnsupportedOperationError } from "../index/unsupported-operation-error.js";
import type * as fileSystem from "./file-system.js";

/** Browsers have no folders; `file-system.ts` says where this comes in. */
export const openStore: typeof fileSystem.openStore = () => refuse("loading from a folder");

export const saveStore: typeof fileSystem.saveStore = () => refuse("saving to a folder");

export const readIndexFile: typeof fileSystem.readIndexFile = async () => {
  throw new UnsupportedOperationError(
    "The browser",
    "reading files by path",
    "Fetch the file and give its bytes to `readIndex`.",
  );
};

async function refuse(operation: string): Promise<never> {
  throw new UnsupportedOperationError(
    "FaissStore in a browser",
    operation,
    "Use `serializeToBytes` and `deserializeFromBytes`, and keep the bytes where you like.",
  );
}
