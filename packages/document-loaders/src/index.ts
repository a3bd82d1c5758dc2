export { InvalidOptionError, SecondpassError } from "@secondpass/core";
export {
  DirectoryLoader,
  type DirectoryLoaderOptions,
  type FileLoader,
  type MakeFileLoader,
} from "./directory-loader.js";
export { FileDecodingError } from "./errors/file-decoding-error.js";
export { FileReadError } from "./errors/file-read-error.js";
export { UnknownEncodingError } from "./errors/unknown-encoding-error.js";
export { TextLoader, type TextLoaderOptions } from "./text-loader.js";
