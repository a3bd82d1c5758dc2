import { readFile, stat } from "node:fs/promises";
import { fileErrorAdvice, isSystemError } from "@secondpass/core/node";

/** Programs that people write are smaller; larger ones are bundles, and take long to parse. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Files up to this size are read, to see whether they matter. */
const MAX_READ = 64 * 1024 * 1024;

/** A file's text, with its byte order mark; or why it cannot be rewritten, with the part that can be searched. */
export type ReadSource =
  | { readonly text: string }
  | { readonly problem: string; readonly searchable: string };

/** Reads a file. @returns undefined if it is not a text, such as a video whose name ends in .ts */
export async function readSource(path: string): Promise<ReadSource | undefined> {
  try {
    const { size } = await stat(path);
    if (size > MAX_READ) return { problem: `${megabytes(size)} MB are too large`, searchable: "" };
    const bytes = await readFile(path);
    if (bytes.includes(0)) return undefined;
    const searchable = bytes.toString("latin1");
    if (size > MAX_BYTES) return { problem: `${megabytes(size)} MB are too large`, searchable };
    try {
      return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch {
      return { problem: "it is not UTF-8", searchable };
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { problem: fileErrorAdvice(error), searchable: "" };
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
