import { createHash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "@langchain/core/documents";
import { writeFileAtomically } from "@secondpass/core/node";
import type { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { EmbeddingMismatchError } from "@secondpass/vectorstore-faiss";
import { DemoError } from "./errors/demo-error.js";

/** Says which texts, cut how, embedded by which model, an index was built from. */
const NOTE = "built-from.json";

export interface IndexPlace {
  /** Where the index is saved; undefined if it is not. */
  readonly directory: string | undefined;
  /** What is searched: the same text as long as the same files or folder are named, whatever is in them. */
  readonly corpus: string;
  /** Whether what the folder holds may be replaced, whatever it is. */
  readonly force: boolean;
  /** Called with a sentence for people before an index of the same files is replaced. */
  readonly onReplace: (sentence: string) => void;
}

export interface OpenedIndex {
  readonly store: HybridStore;
  /** Whether it was found in the folder, so that nothing had to be embedded. */
  readonly reused: boolean;
}

/** What {@link NOTE} holds. */
interface BuiltFrom {
  readonly corpus: string;
  readonly model: string;
  readonly chunks: number;
  readonly sha256: string;
}

/**
 * The index saved in `directory`, if it was built from these chunks by this model; otherwise a new one, saved there unless there is
 * no directory. An index remembers its model but not its texts, so a note beside it does.
 *
 * @throws {DemoError} if the folder holds the index of another corpus, or other files, unless `force` is set
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
      // The model has another version under the same name, or an earlier version of the demo saved the index.
      if (!EmbeddingMismatchError.isInstance(error)) throw error;
    }
  }
  if (!force) await checkReplaceable(directory, corpus, known);
  if (known?.sha256 !== undefined)
    onReplace(
      `The index in ${directory} is of other contents of these texts, or of another model: building it again.`,
    );
  const store = await build();
  // The note says whose the folder is from the beginning, and what the index is of when it is there: a whole note next to another index would be believed.
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

/** The note of a folder; without the hash, if its index was not completed. Undefined if there is none. */
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

/** @throws {DemoError} */
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
