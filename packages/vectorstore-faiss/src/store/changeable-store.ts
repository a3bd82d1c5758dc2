import type { DocumentInterface } from "@langchain/core/documents";
import { InvalidArgumentError } from "@secondpass/faiss";
import type { AddOptions, DeleteParams } from "../faiss-store-options.js";
import { embedTexts } from "./embed-texts.js";
import { mergeStores } from "./merge-stores.js";
import { packVectors, type Vector } from "./pack-vectors.js";
import { type PreparedDocuments, prepareDocuments } from "./prepare-documents.js";
import { SearchableStore } from "./searchable-store.js";
import type { LongOperationOptions } from "./store-progress.js";
import { type Metadatas, toDocuments } from "./to-documents.js";
import type { VectorPieces } from "./vector-pieces.js";

/** What a `FaissStore` takes in and gives up. */
export abstract class ChangeableStore extends SearchableStore {
  /**
   * Embeds documents and stores them: all, or when anything is wrong, none.
   * @returns their ids
   * @throws DuplicateIdError, LengthMismatchError, MetadataError, VectorDimensionError, InvalidVectorError
   */
  async addDocuments(documents: DocumentInterface[], options: AddOptions = {}): Promise<string[]> {
    const prepared = await this.#prepare(documents, options);
    const packed = await embedTexts(this.embeddings, documents, this.index?.dimensions, options);
    return this.#add(prepared, packed, options);
  }

  /**
   * Stores documents under vectors made elsewhere: all or none.
   * @param vectors one for each document
   * @returns their ids
   * @throws as `addDocuments`
   */
  async addVectors(
    vectors: readonly Vector[],
    documents: DocumentInterface[],
    options: AddOptions = {},
  ): Promise<string[]> {
    const prepared = await this.#prepare(documents, options);
    const packed = await packVectors(vectors, documents.length, this.index?.dimensions, options.signal);
    return this.#add(prepared, packed, options);
  }

  /** Embeds texts and stores them, as `addDocuments`. @param metadatas one for each text, or one for all */
  async addTexts(
    texts: readonly string[],
    metadatas: Metadatas = {},
    options: AddOptions = {},
  ): Promise<string[]> {
    return this.addDocuments(await toDocuments(texts, metadatas, options.signal), options);
  }

  /**
   * Deletes documents by ids, by filter, or all.
   * @throws UnknownDocumentIdError when an id is not stored (nothing is deleted then)
   */
  override async delete(params: DeleteParams): Promise<void> {
    const core = this.core;
    const ways = ["ids", "filter", "deleteAll"].filter(
      (way) => (params as unknown as Record<string, unknown>)?.[way],
    );
    if (ways.length !== 1) {
      throw new InvalidArgumentError(
        "params",
        "one of `ids`, `filter` and `deleteAll: true`",
        ways.join(" and ") || "none",
      );
    }
    await core.lock.write(async () => {
      params.signal?.throwIfAborted();
      if ("ids" in params) await core.delete(params.ids, params);
      else if ("filter" in params) await core.deleteWhere(params.filter, params);
      else await core.deleteAll();
    });
  }

  /**
   * Copies all documents of another store into this one; the other stays as it is.
   * @returns the ids that were added
   * @throws DuplicateIdError, VectorDimensionError, StoreMismatchError when the strategies differ; nothing is copied then
   */
  async mergeFrom(source: ChangeableStore, options: LongOperationOptions = {}): Promise<string[]> {
    return mergeStores(source.core, this.core, options);
  }

  async #prepare(documents: readonly DocumentInterface[], options: AddOptions): Promise<PreparedDocuments> {
    const prepared = await prepareDocuments(documents, options.ids, options.signal);
    // Embedding may cost minutes and money; `add` looks again when it is this call's turn.
    if (!options.upsert) await this.core.checkNewIds(prepared.ids, options.signal);
    return prepared;
  }

  async #add(prepared: PreparedDocuments, packed: VectorPieces, options: AddOptions): Promise<string[]> {
    const incoming = { ...prepared, ...packed, upsert: options.upsert ?? false };
    await this.core.lock.write(() => this.core.add(incoming, options));
    return [...prepared.ids];
  }
}
