export { InvalidOptionError, SecondpassError, UnknownOptionError } from "@secondpass/core";
export type {
  DirectoryLoaderOptions,
  FileLoader,
  LoadersByEnding,
  MakeFileLoader,
  UnknownFileHandling,
} from "./directory/directory-loader-options.js";
export { DirectoryLoader } from "./directory-loader.js";
export { FileDecodingError } from "./errors/file-decoding-error.js";
export { FileReadError } from "./errors/file-read-error.js";
export { UnknownEncodingError } from "./errors/unknown-encoding-error.js";
export { UnknownFileTypeError } from "./errors/unknown-file-type-error.js";
export type { TextLoaderOptions } from "./options/text-loader-options.js";
export { TextLoader } from "./text-loader.js";
