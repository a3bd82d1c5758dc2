/** A normalizer, pre-tokenizer or post-processor of tokenizer.json. Its other fields depend on `type`. */
export interface ComponentJson {
  readonly type: string;
  readonly [field: string]: unknown;
}
