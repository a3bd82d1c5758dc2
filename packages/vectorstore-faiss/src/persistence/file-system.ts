import { openStore } from "./open-store.js";
import { saveStore } from "./save-store.js";

/** What needs a file system. The build for browsers puts `no-file-system.ts` in this file's place. */
export const fileSystem = { openStore, saveStore };

/** See {@link fileSystem}. */
export type FileSystem = typeof fileSystem;
