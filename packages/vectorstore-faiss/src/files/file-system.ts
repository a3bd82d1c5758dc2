/** What needs a file system. The build for browsers puts `no-file-system.ts` in this file's place. */
export { openStore, saveStore } from "./store-files.js";
