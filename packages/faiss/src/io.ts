/** Sources of bytes and slices of work, which code around an index shares with it. */
export { type ByteSource, bytesSource } from "./io/byte-source.js";
export { concatBytes } from "./io/concat-bytes.js";
export { fileSource } from "./io/file-source.js";
export { type WorkSlices, workSlices } from "./kernels/work-slices.js";
