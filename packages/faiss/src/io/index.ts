export { type ByteSource, bytesSource } from "./byte-source.js";
export { concatBytes } from "./concat-bytes.js";
export { fileSource } from "./file-source.js";
export { type SharedFile, shareFile } from "./shared-file.js";
