import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { VectorIndex } from "@secondpass/faiss";
import { workSlices } from "@secondpass/faiss/io";
import { LengthMismatchError } from "./errors/length-mismatch-error.js";
import type { AddOptions, FaissStoreOptions, LoadOptions, PythonFileOptions } from "./faiss-store-options.js";
import { openStore, saveStore } from "./files/file-system.js";
import type { StoreFolder } from "./files/store-layout.js";
import { openStoreBytes } from "./save/read-store.js";
import { storeBytes } from "./save/write-store.js";
import { ChangeableStore } from "./store/changeable-store.js";
import { storeContents } from "./store/contents-builder.js";
import type { Vector } from "./store/pack-vectors.js";
import { prepareDocuments } from "./store/prepare-documents.js";
import type { LongOperationOptions } from "./store/store-progress.js";
import { type Metadatas, toDocuments } from "./store/to-documents.js";

/**
 * A LangChain vector store over FAISS indexes and files, without native code.
 *
 * Documents handed in are only read; documents handed out are fresh copies. Scores are raw (see `DistanceStrategy`):
 * for the default "l2", squared distances where lower is better. Every change is checked completely before anything is
 * changed, and once it begins to store or to delete, searches that come later wait for it.
 *
 * @example
 * const store = await FaissStore.fromTexts(["a cat", "a dog"], [{ n: 1 }, { n: 2 }], embeddings);
 * const retriever = store.asRetriever({ k: 20 });
 * await store.saveForPython("./store"); // FAISS.load_local("./store", …) reads it
 */
export class FaissStore extends ChangeableStore {
  /**
   * Saves `faiss.index` and `docstore.json`, LangChain.js's files. A crash at any moment leaves the old store or the
   * new one.
   * @throws StoreLockedError when another process saves to the same files
   */
  async save(directory: string, options: LongOperationOptions = {}): Promise<void> {
    await this.#saveTo({ format: "javascript", directory }, options);
  }

  /** Saves `index.faiss` and `index.pkl`, which `FAISS.load_local` of LangChain Python reads; else as `save`. */
  async saveForPython(
    directory: string,
    options: LongOperationOptions & PythonFileOptions = {},
  ): Promise<void> {
    await this.#saveTo({ format: "python", directory, ...options }, options);
  }

  /** The whole store as bytes, which Python's `FAISS.deserialize_from_bytes` reads, too. For stores below 2 GiB. */
  async serializeToBytes(options: LongOperationOptions = {}): Promise<Uint8Array> {
    return this.#settled(() => storeBytes(this.core, options), options);
  }

  /**
   * Loads what `save`, or LangChain.js, saved. Nothing in the files is executed.
   * @throws StoreFileError, StoreMismatchError, FaissFormatError, UnsupportedIndexError
   */
  static override async load(
    directory: string,
    embeddings: EmbeddingsInterface,
    options: LoadOptions = {},
  ): Promise<FaissStore> {
    return new FaissStore(embeddings, options, await openStore({ format: "javascript", directory }, options));
  }

  /**
   * Loads what `saveForPython`, or LangChain Python's `save_local`, saved. The pickle is read as data from a closed list
   * of types; nothing in it is executed.
   * @throws as `load`, and MalformedPickleError, RefusedGlobalError
   */
  static async loadFromPython(
    directory: string,
    embeddings: EmbeddingsInterface,
    options: LoadOptions & PythonFileOptions = {},
  ): Promise<FaissStore> {
    const folder: StoreFolder = { format: "python", directory, ...options };
    return new FaissStore(embeddings, options, await openStore(folder, options));
  }

  /** What `serializeToBytes`, or Python's `serialize_to_bytes`, made. @throws as `loadFromPython` */
  static async deserializeFromBytes(
    bytes: Uint8Array,
    embeddings: EmbeddingsInterface,
    options: LoadOptions = {},
  ): Promise<FaissStore> {
    return new FaissStore(embeddings, options, await openStoreBytes(bytes, options));
  }

  /** A new store of texts. @param metadatas one for each text, or one for all */
  static override async fromTexts(
    texts: string[],
    metadatas: Metadatas,
    embeddings: EmbeddingsInterface,
    options: FaissStoreOptions & AddOptions = {},
  ): Promise<FaissStore> {
    return FaissStore.fromDocuments(await toDocuments(texts, metadatas, options.signal), embeddings, options);
  }

  /** A new store of documents. */
  static override async fromDocuments(
    documents: DocumentInterface[],
    embeddings: EmbeddingsInterface,
    options: FaissStoreOptions & AddOptions = {},
  ): Promise<FaissStore> {
    const store = new FaissStore(embeddings, options);
    await store.addDocuments(documents, options);
    return store;
  }

  /** A new store of texts whose vectors are known. */
  static async fromEmbeddings(
    textEmbeddings: readonly (readonly [text: string, vector: Vector])[],
    embeddings: EmbeddingsInterface,
    options: FaissStoreOptions & AddOptions & { metadatas?: Metadatas } = {},
  ): Promise<FaissStore> {
    const store = new FaissStore(embeddings, options);
    const documents = await toDocuments(
      textEmbeddings.map(([text]) => text),
      options.metadatas ?? {},
      options.signal,
    );
    await store.addVectors(
      textEmbeddings.map(([, vector]) => vector),
      documents,
      options,
    );
    return store;
  }

  /**
   * A new store from an existing one (a copy), or from an index and one document for each of its vectors (the index is
   * copied, too).
   */
  static async fromIndex(
    source: FaissStore | VectorIndex,
    embeddings: EmbeddingsInterface,
    options: FaissStoreOptions &
      LongOperationOptions & { documents?: DocumentInterface[]; ids?: string[] } = {},
  ): Promise<FaissStore> {
    if (source instanceof FaissStore) {
      const { distanceStrategy, normalizeL2 } = source.core.settings;
      const store = new FaissStore(embeddings, { distanceStrategy, normalizeL2, ...options });
      await store.mergeFrom(source, options);
      return store;
    }
    const { documents = [], ids, signal } = options;
    if (documents.length !== source.ntotal) {
      throw new LengthMismatchError("documents", source.ntotal, documents.length, "vector of the index");
    }
    const prepared = await prepareDocuments(documents, ids, signal);
    const contents = await storeContents(prepared.documents, workSlices(signal));
    const index = await source.clone();
    return new FaissStore(embeddings, options, { index, metric: index.metric, contents, link: undefined });
  }

  async #saveTo(folder: StoreFolder, options: LongOperationOptions): Promise<void> {
    await this.#settled(() => saveStore(this.core, folder, options), options);
  }

  /** Runs `work` on a store that does not change and whose positions are contiguous. */
  async #settled<T>(work: () => Promise<T>, options: LongOperationOptions): Promise<T> {
    const { lock, positions } = this.core;
    if (positions.removed === 0) return lock.read(work);
    return lock.write(async () => {
      await this.core.compact(options);
      return work();
    });
  }
}
