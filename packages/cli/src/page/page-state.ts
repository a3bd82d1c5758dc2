/** Texts that can be asked. */
export interface CollectionFacts {
  readonly id: string;
  /** Another one for each index that the collection has had: `secondpass index` replaces it. */
  readonly version: string;
  /** For people. */
  readonly name: string;
  /** Dropped on the page: gone when no page has it any more, or the program ends. */
  readonly isTemporary: boolean;
  readonly files: number;
  readonly passages: number;
  /** Name of its embedding model. */
  readonly embedder: string;
}

/** What a page needs to begin with, and asks for again every minute: the answer of `GET /api/state?keep=ID,ID…`. */
export interface PageState {
  readonly collections: readonly CollectionFacts[];
  /** Why a collection cannot be opened. */
  readonly problems: readonly string[];
  /** Rerankers, the default first. */
  readonly models: readonly string[];
  readonly uploads: {
    readonly maxFiles: number;
    readonly maxFileBytes: number;
    readonly maxBytes: number;
    /** Endings of the files that are read. */
    readonly endings: readonly string[];
  };
}
