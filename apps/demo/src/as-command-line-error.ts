import { FileDecodingError, FileReadError, UnknownEncodingError } from "@secondpass/document-loaders";
import { ModelNotCachedError } from "@secondpass/hf-runtime";
import { DemoError } from "./errors/demo-error.js";

/** Rewrites errors that name options of the packages' classes, so that they name the options of the command line. Returns other errors unchanged. */
export function asCommandLineError(error: unknown): unknown {
  const message = messageOf(error);
  return message === undefined ? error : new DemoError(message, { cause: error });
}

function messageOf(error: unknown): string | undefined {
  if (FileDecodingError.isInstance(error)) {
    const { source, encoding, byteOffset } = error;
    return `Expected ${JSON.stringify(source)} to be text in ${encoding}, got other bytes at byte ${byteOffset}. Name its encoding, such as --encoding windows-1252.`;
  }
  if (UnknownEncodingError.isInstance(error)) {
    return `Expected --encoding to be the name of an encoding, such as utf-8, utf-16, latin-1, windows-1252, euc-kr or shift_jis, got ${JSON.stringify(error.encoding)}.`;
  }
  if (FileReadError.isInstance(error)) {
    if (error.code === "EISDIR")
      return `Expected --file to be a text file, got a folder: ${error.path}. For folders: --dir.`;
    if (error.code === "ENOTDIR")
      return `Expected --dir to be a folder, got a file: ${error.path}. For files: --file.`;
  }
  if (ModelNotCachedError.isInstance(error)) {
    return `Offline, and the cache ${error.cacheDir} has no model "${error.model}". Run this once without HF_HUB_OFFLINE, or give --embeddings and --reranker folders.`;
  }
  return undefined;
}
