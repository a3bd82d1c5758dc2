import { FileWriteError, fileErrorAdvice, isSystemError } from "@secondpass/core/node";
import { FileReadError } from "@secondpass/document-loaders";
import { IndexFileError } from "@secondpass/retrievers-hybrid";
import {
  EmbeddingMismatchError,
  StoreFileError,
  StoreLockedError,
  StoreMismatchError,
} from "@secondpass/vectorstore-faiss";
import { CommandError } from "../errors/command-error.js";
import { InterruptedError } from "../errors/interrupted-error.js";
import { UsageError } from "../errors/usage-error.js";
import type { CorpusSettings } from "./corpus-settings.js";
import { modelError } from "./model-error.js";

/** Explains a failure to load, change or save an index to the user. Returns other errors, such as faults in our code, unchanged. */
export function indexError(error: unknown, folder: string, { corpus, embedder }: CorpusSettings): unknown {
  if ([CommandError, UsageError, InterruptedError].some((kind) => kind.isInstance(error))) return error;
  const again = `Index again: secondpass index ${corpus} --index ${folder} --force`;
  const explained = (message: string) => new CommandError(message, { cause: error });
  if (EmbeddingMismatchError.isInstance(error)) {
    const what = error.mismatches.map(({ field }) => field).join(", ");
    return explained(
      `The index in ${folder} was made with another ${embedder} (different: ${what}): the model has changed since. ${again}`,
    );
  }
  if (FileReadError.isInstance(error))
    return explained(`${error.message} The index in ${folder} stays as it was.`);
  if (isSystemError(error))
    return explained(`Cannot write the index in ${folder}: ${fileErrorAdvice(error)}`);
  if (FileWriteError.isInstance(error) || StoreLockedError.isInstance(error)) {
    return explained(`Cannot write the index in ${folder}. ${error.message}`);
  }
  if (StoreFileError.isInstance(error) || IndexFileError.isInstance(error)) {
    if (isSystemFailure(error)) return explained(`Cannot use the index in ${folder}. ${error.message}`);
    return explained(`The index in ${folder} is damaged. ${error.message} ${again}`);
  }
  if (StoreMismatchError.isInstance(error)) {
    return explained(`The index in ${folder} is damaged. ${error.message} ${again}`);
  }
  return modelError(error, "--embedder");
}

/** Whether the operating system failed to read or write, so that the files may be undamaged. A missing file (ENOENT) is damage. */
function isSystemFailure({ code }: { readonly code?: string | undefined }): boolean {
  return code !== undefined && code !== "ENOENT";
}
