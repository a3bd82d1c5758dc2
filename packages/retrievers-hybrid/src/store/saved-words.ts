import type { FaissStore } from "@secondpass/vectorstore-faiss";
import type { KeyedIndex } from "../documents/keyed-index.js";
import { type Keyed, KeyedTable } from "../documents/keyed-table.js";
import { IndexFileError } from "../errors/index-file-error.js";
import { fileSystem } from "../persistence/file-system.js";
import { inFolder } from "../persistence/in-folder.js";
import { isSameOrigin, wordsOrigin } from "../persistence/words-origin.js";
import type { SavedIndex } from "../persistence/write-index.js";

/** Path of a store's file of words. @throws {InvalidOptionError} */
export function wordsPath(directory: string): string {
  return inFolder(directory, "words.index");
}

/** The saved form of a store's words, with the ids of their documents, but not the documents. The index must not change meanwhile. */
export async function savedWords(lexical: KeyedIndex<Keyed>, signal?: AbortSignal): Promise<SavedIndex> {
  const { index, documents } = await lexical.compact(signal);
  const { analyzer, parameters, parts } = index;
  return { ...parameters, ...wordsOrigin(analyzer), entries: idsOf(documents), parts };
}

function* idsOf(documents: KeyedTable<Keyed>): Generator<string> {
  for (let slot = 0; slot < documents.slots; slot++) yield documents.at(slot)!.id;
}

/**
 * Loads saved words into an empty index, if they are intact, belong to the store's documents, and were made by the index's analyzer.
 * @returns whether they were loaded
 */
export async function loadWords(
  lexical: KeyedIndex<Keyed>,
  path: string,
  { documentsChecksum, size }: Pick<FaissStore, "documentsChecksum" | "size">,
  signal?: AbortSignal,
): Promise<boolean> {
  if (documentsChecksum === undefined) return false;
  const documents = new KeyedTable<Keyed>();
  const origin = wordsOrigin(lexical.state.index.analyzer);
  try {
    const parts = await fileSystem.loadIndex(path, {
      owner: documentsChecksum,
      begin(header) {
        if (header.documents === size && isSameOrigin(header, origin)) return true;
        throw new IndexFileError(path, "its words were made by another analyzer or with other Unicode data.");
      },
      entry(id) {
        if (typeof id !== "string" || documents.slotOf(id) !== undefined) return "one of its ids is invalid";
        documents.append({ id });
        documents.publish(documents.slots - 1);
        return undefined;
      },
      signal,
    });
    lexical.restore(documents, parts!);
    return true;
  } catch (error) {
    // The words can be read from the documents instead.
    if (IndexFileError.isInstance(error)) return false;
    throw error;
  }
}
