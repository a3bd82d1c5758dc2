import { UnsupportedOperationError } from "@secondpass/faiss";
import type * as fileSystem from "./file-system.js";

/** Browsers have no folders; `file-system.ts` says where this comes in. */
export const openStore: typeof fileSystem.openStore = () => refuse("loading from a folder");

export const saveStore: typeof fileSystem.saveStore = () => refuse("saving to a folder");

async function refuse(operation: string): Promise<never> {
  throw new UnsupportedOperationError(
    "FaissStore in a browser",
    operation,
    "Use `serializeToBytes` and `deserializeFromBytes`, and keep the bytes where you like.",
  );
}
