import { stat } from "node:fs/promises";
import { InvalidOptionError } from "@secondpass/core";
import { fileErrorAdvice } from "@secondpass/core/node";
import { DirectoryLoader, TextLoader, UnknownEncodingError } from "@secondpass/document-loaders";
import { UsageError } from "../errors/usage-error.js";
import { inFlags } from "../options/in-flags.js";
import type { CorpusSettings } from "./corpus-settings.js";

/**
 * Checks settings as far as possible before any file is read.
 *
 * @param given the folder as the user wrote it
 * @throws {UsageError} if a setting is invalid; names the flag
 */
export async function checkCorpus(
  { corpus, globs, excluded, encoding, chunkSize, chunkOverlap }: CorpusSettings,
  given: string,
): Promise<void> {
  const found = await stat(corpus).catch((error: NodeJS.ErrnoException) => error);
  if (!("isDirectory" in found)) {
    throw new UsageError(`Expected the folder ${given} to index: ${fileErrorAdvice(found)}`);
  }
  if (!found.isDirectory()) {
    throw new UsageError(
      `Expected a folder to index, got the file ${given}. Give its folder, with --glob for its name.`,
    );
  }
  if (chunkOverlap >= chunkSize) {
    throw new UsageError(`Expected --chunk-overlap below --chunk-size (${chunkSize}), got ${chunkOverlap}.`);
  }
  try {
    new DirectoryLoader(corpus, { glob: globs, exclude: excluded });
    await new TextLoader(new Blob([]), { encoding }).load();
  } catch (error) {
    if (UnknownEncodingError.isInstance(error)) {
      throw new UsageError(
        `Expected --encoding to name an encoding, such as utf-8, utf-16, windows-1252, euc-kr or shift_jis, got ${error.encoding}.`,
      );
    }
    if (!InvalidOptionError.isInstance(error)) throw error;
    throw new UsageError(
      inFlags(error.message, { glob: "--glob", exclude: "--exclude", encoding: "--encoding" }),
    );
  }
}
