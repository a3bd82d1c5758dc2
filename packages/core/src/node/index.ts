export { FileLockedError } from "./file-locked-error.js";
export { flushFolder } from "./flush-folder.js";
export { isErrorCode } from "./is-error-code.js";
export { readFully } from "./read-fully.js";
export { type FileLockOptions, withFileLock } from "./with-file-lock.js";
export { type AtomicWriteOptions, writeFileAtomically } from "./write-file-atomically.js";
