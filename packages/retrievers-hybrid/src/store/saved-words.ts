import type { FaissStore } from "@secondpass/vectorstore-faiss";
import type { KeyedIndex } from "../documents/keyed-index.js";
import { type Keyed, KeyedTable } from "../documents/keyed-table.js";
import { IndexFileError } from "../errors/index-file-error.js";
import { fileSystem } from "../persistence/file-system.js";
import { inFolder } from "../persistence/in-folder.js";
import { isSameOrigin, wordsOrigin } from "../persistence/words-origin.js";
import type { SavedIndex } from "../persistence/write-index.js";

/** Where a store's words are. @throws {InvalidOptionError} */
export function wordsPath(directory: string): string {
  return inFolder(directory, "words.index");
}

/** What is saved of a store's words: the ids of their documents, which are elsewhere. No change may be made meanwhile. */
export async function savedWords(lexical: KeyedIndex<Keyed>, signal?: AbortSignal): Promise<SavedIndex> {
  const { index, documents } = await lexical.compact(signal);
  const { analyzer, parameters, parts } = index;
  return { ...parameters, ...wordsOrigin(analyzer), entries: idsOf(documents), parts };
}

function* idsOf(documents: KeyedTable<Keyed>): Generator<string> {
  for (let slot = 0; slot < documents.slots; slot++) yield documents.at(slot)!.id;
}

/**
 * Loads words into an empty index, if the saved ones are whole, those of the documents that a store has, and made by the index's analyzer.
 * @returns whether they are
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
        throw new IndexFileError(path, "its words were made otherwise.");
      },
      entry(id) {
        if (typeof id !== "string" || documents.slotOf(id) !== undefined) return "one of its ids is invalid";
        documents.append({ id });
        documents.name(documents.slots - 1);
        return undefined;
      },
      signal,
    });
    lexical.restore(documents, parts!);
    return true;
  } catch (error) {
    // They are only a shortcut.
    if (IndexFileError.isInstance(error)) return false;
    throw error;
  }
}
