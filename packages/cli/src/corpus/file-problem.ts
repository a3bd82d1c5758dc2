import { fileErrorAdvice } from "@secondpass/core/node";
import { FileDecodingError, FileReadError } from "@secondpass/document-loaders";

/** A file that could not be read. */
export interface FileProblem {
  /** Path of the file, or of a folder whose files are unknown, in the corpus. */
  readonly source: string;
  /** What is wrong and what to do. */
  readonly reason: string;
}

/** Turns a loader's error about one file into a problem. @throws the error itself if it is about something else */
export function readProblem(source: string, error: unknown): FileProblem {
  if (FileReadError.isInstance(error) || FileDecodingError.isInstance(error))
    return fileProblem(source, error);
  throw error;
}

/** Explains a loader's error to the user. */
export function fileProblem(source: string, error: unknown): FileProblem {
  if (FileDecodingError.isInstance(error)) {
    const where = `It is not text in ${error.encoding} (byte ${error.byteOffset}).`;
    return { source, reason: `${where} Name its encoding with --encoding, or leave it out with --exclude.` };
  }
  if (FileReadError.isInstance(error) && error.code !== undefined) {
    const advice = fileErrorAdvice(error.cause as NodeJS.ErrnoException);
    return { source, reason: `It cannot be read: ${advice}` };
  }
  return { source, reason: error instanceof Error ? error.message : String(error) };
}
