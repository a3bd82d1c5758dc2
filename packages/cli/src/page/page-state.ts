/** Facts about a collection of texts that can be searched. */
export interface CollectionFacts {
  readonly id: string;
  /** Changes whenever `secondpass index` replaces the collection's index. */
  readonly version: string;
  /** For people. */
  readonly name: string;
  /** Whether it was dropped on the page: it is removed when no page shows it any more, or the program ends. */
  readonly isTemporary: boolean;
  readonly files: number;
  readonly passages: number;
  /** Name of its embedding model. */
  readonly embedder: string;
}

/** State that a page needs at its start and fetches again every minute: the answer of `GET /api/state?keep=ID,ID…`. */
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
