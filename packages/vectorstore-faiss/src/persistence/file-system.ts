import { openStore } from "./open-store.js";
import { saveStore } from "./save-store.js";

/** The functions that need a file system. The build for browsers replaces this file by `no-file-system.ts`. */
export const fileSystem = { openStore, saveStore };

/** See {@link fileSystem}. */
export type FileSystem = typeof fileSystem;
