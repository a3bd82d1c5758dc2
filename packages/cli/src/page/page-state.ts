/** Texts that can be asked. */
export interface CollectionFacts {
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Dropped on the page: gone when the program ends. */
  readonly isTemporary: boolean;
  readonly files: number;
  readonly passages: number;
  /** Name of its embedding model. */
  readonly embedder: string;
}

/** What a page needs to begin with: the answer of `GET /api/state`. */
export interface PageState {
  readonly collections: readonly CollectionFacts[];
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
