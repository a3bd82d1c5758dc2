import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { checkBoolean } from "@secondpass/core";
import { InvalidArgumentError } from "@secondpass/faiss";
import type { Incoming, StoreContents } from "../contents/store-contents.js";
import { type Vector, VectorPieces } from "../contents/vector-pieces.js";
import { type PreparedDocuments, prepareDocuments } from "../documents/prepare-documents.js";
import { positionsOf } from "../search/allowed-positions.js";
import type { StoreSearch } from "../search/store-search.js";
import type { AddOptions } from "./add-options.js";
import type { DeleteParams } from "./delete-params.js";
import { embedTexts } from "./embed-texts.js";
import { isIndexedId } from "./is-indexed-id.js";

/** What changes do unless a call says otherwise. */
interface ChangeDefaults {
  readonly upsert?: boolean | undefined;
  readonly ignoreMissing?: boolean | undefined;
}

type Prepared = PreparedDocuments & Pick<Incoming, "replaces">;

/** Adds documents to a store and deletes them; each call does all of its work or, if anything is wrong, none. */
export class StoreChanges {
  readonly #contents: StoreContents;
  readonly #search: StoreSearch;
  readonly #defaults: ChangeDefaults;

  constructor(contents: StoreContents, search: StoreSearch, defaults: ChangeDefaults = {}) {
    this.#contents = contents;
    this.#search = search;
    this.#defaults = defaults;
  }

  /** Embeds documents and stores them. @returns their ids */
  async addDocuments(
    documents: readonly DocumentInterface[],
    embeddings: EmbeddingsInterface,
    options: AddOptions,
  ): Promise<string[]> {
    const prepared = await this.#prepare(documents, options);
    const dimensions = this.#contents.index?.dimensions;
    return this.#add(prepared, await embedTexts(embeddings, documents, dimensions, options), options);
  }

  /** Stores documents under vectors made elsewhere. @returns their ids */
  async addVectors(
    vectors: readonly Vector[],
    documents: readonly DocumentInterface[],
    options: AddOptions,
  ): Promise<string[]> {
    const prepared = await this.#prepare(documents, options);
    const dimensions = this.#contents.index?.dimensions;
    const packed = await VectorPieces.of(vectors, documents.length, dimensions, options.signal);
    return this.#add(prepared, packed, options);
  }

  /** Deletes documents by ids, by filter, or all. @throws InvalidArgumentError, UnknownDocumentIdError, InvalidFilterError */
  async delete(params: DeleteParams): Promise<void> {
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
    const contents = this.#contents;
    if ("deleteAll" in params && params.deleteAll !== undefined) checkBoolean("deleteAll", params.deleteAll);
    const filter = "filter" in params ? params.filter : undefined;
    await this.#search.withFilter("write", { ...params, filter }, async (evaluated) => {
      params.signal?.throwIfAborted();
      if ("ids" in params && params.ids) await contents.delete(params.ids, { ...this.#defaults, ...params });
      else if (evaluated !== undefined) {
        const { bitmap } = await this.#search.allowed(evaluated, params.signal);
        await contents.deleteAt(positionsOf(bitmap), params);
      } else await contents.deleteAll();
    });
  }

  async #prepare(documents: readonly DocumentInterface[], options: AddOptions): Promise<Prepared> {
    const prepared = await prepareDocuments(documents, options.ids, options.signal);
    // Check before embedding, which may cost minutes and money; `add` checks again under the lock.
    const replaces = this.#replaces(prepared, documents, options);
    if (replaces !== true) await this.#contents.checkNewIds(prepared.ids, replaces, options.signal);
    return { ...prepared, replaces };
  }

  /** All stored ids, or those that LangChain's indexing API made from these documents, which it adds again with `forceUpdate`. */
  #replaces(
    { ids }: PreparedDocuments,
    documents: readonly DocumentInterface[],
    { upsert = this.#defaults.upsert ?? false }: AddOptions,
  ): Incoming["replaces"] {
    return upsert || ((i) => isIndexedId(ids[i]!, documents[i]!));
  }

  async #add(prepared: Prepared, vectors: VectorPieces, options: AddOptions): Promise<string[]> {
    const incoming = { ...prepared, vectors };
    await this.#contents.lock.write(() => this.#contents.add(incoming, options));
    return [...prepared.ids];
  }
}
