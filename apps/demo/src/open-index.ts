import { createHash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "@langchain/core/documents";
import { writeFileAtomically } from "@secondpass/core/node";
import type { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { EmbeddingMismatchError } from "@secondpass/vectorstore-faiss";
import { DemoError } from "./errors/demo-error.js";

/** File that records the texts, the chunk settings and the model that an index was built from. */
const NOTE = "built-from.json";

export interface IndexPlace {
  /** Folder of the saved index; undefined if it is not saved. */
  readonly directory: string | undefined;
  /** Name of the corpus: the same as long as the same files or folder are named, whatever their content. */
  readonly corpus: string;
  /** Whether any content of the folder may be replaced. */
  readonly force: boolean;
  /** Called with a sentence for people before an index of the same files is replaced. */
  readonly onReplace: (sentence: string) => void;
}

export interface OpenedIndex {
  readonly store: HybridStore;
  /** Whether the index was loaded from the folder, so that nothing had to be embedded. */
  readonly reused: boolean;
}

/** Content of {@link NOTE}. */
interface BuiltFrom {
  readonly corpus: string;
  readonly model: string;
  readonly chunks: number;
  readonly sha256: string;
}

/**
 * The index saved in `directory`, if it was built from these chunks by this model; otherwise a new one, saved there unless there is
 * no directory. An index records its model but not its texts, so a note next to it records them.
 *
 * @throws {DemoError} if the folder has the index of another corpus, or other files, unless `force` is set
 */
export async function openIndex(
  { directory, corpus, force, onReplace }: IndexPlace,
  chunks: readonly Document[],
  embeddings: HuggingFaceEmbeddings,
  build: () => Promise<HybridStore>,
): Promise<OpenedIndex> {
  if (directory === undefined) return { store: await build(), reused: false };

  const hash = createHash("sha256");
  for (const { pageContent, metadata } of chunks) hash.update(JSON.stringify([pageContent, metadata]));
  const wanted: BuiltFrom = {
    corpus,
    model: embeddings.model,
    chunks: chunks.length,
    sha256: hash.digest("hex"),
  };
  if ((await lstat(directory).catch(() => undefined))?.isFile())
    throw new DemoError(`Expected --index to be a folder, got a file: ${directory}.`);
  const known = await readNote(directory);
  if (JSON.stringify(known) === JSON.stringify(wanted)) {
    try {
      return { store: await HybridStore.load(directory, embeddings), reused: true };
    } catch (error) {
      // The model has changed under the same name, or an earlier version of the demo saved the index.
      if (!EmbeddingMismatchError.isInstance(error)) throw error;
    }
  }
  if (!force) await checkReplaceable(directory, corpus, known);
  if (known?.sha256 !== undefined)
    onReplace(
      `The index in ${directory} was built from other contents of these texts, or by another model: building it again.`,
    );
  const store = await build();
  // The note names the corpus before the index is written, and gets the hash of the texts after it: a complete note next to another index would be trusted.
  const note = join(directory, NOTE);
  try {
    await writeFileAtomically(note, JSON.stringify({ corpus }));
    await store.save(directory);
    await writeFileAtomically(note, JSON.stringify(wanted));
  } catch (error) {
    throw new DemoError(`Cannot save the index in --index ${directory}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { store, reused: false };
}

/** Reads the note of a folder; undefined if the folder has none. An index that was not completed has a note without a hash. */
async function readNote(
  directory: string,
): Promise<(Pick<BuiltFrom, "corpus"> & Partial<BuiltFrom>) | undefined> {
  try {
    const note = JSON.parse(await readFile(join(directory, NOTE), "utf8"));
    return typeof note?.corpus === "string" ? note : undefined;
  } catch {
    return undefined;
  }
}

/** Checks that the folder may be replaced. @throws {DemoError} if it has something else and `force` is not set */
async function checkReplaceable(
  directory: string,
  corpus: string,
  known: Pick<BuiltFrom, "corpus"> | undefined,
): Promise<void> {
  if (known?.corpus === corpus) return;
  const advice = "Give --index another folder, or replace it with --force.";
  if (known !== undefined) {
    throw new DemoError(
      `Expected the index of ${corpus} in ${directory}, got that of ${known.corpus}. ${advice}`,
    );
  }
  const names = await readdir(directory).catch(() => []);
  if (names.length > 0) {
    throw new DemoError(
      `Expected --index to be a new or empty folder, or one that the demo has saved an index in, got ${directory} with ${names[0]} in it. ${advice}`,
    );
  }
}
