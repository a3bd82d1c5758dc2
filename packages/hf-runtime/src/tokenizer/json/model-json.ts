/** The model of a tokenizer.json. Its other fields depend on `type`. */
export interface ModelJson {
  /** Older files leave it out: {@link modelType}. */
  readonly type?: string;
  readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[];
  readonly [field: string]: unknown;
}

/** Kind of a model: the one that the file names, else the one that its vocabulary belongs to. */
export function modelType(model: ModelJson): string {
  return model.type ?? (Array.isArray(model.vocab) ? "Unigram" : "merges" in model ? "BPE" : "WordPiece");
}
