/** Conditions on one metadata field. A bare value means `$eq`, an array means `$in`. */
export interface FieldOperators {
  /** Equal, deeply; `null` also where the field is missing. */
  readonly $eq?: unknown;
  /** Not equal; true where the field is missing. */
  readonly $ne?: unknown;
  /** Python's name of `$ne`. */
  readonly $neq?: unknown;
  /** Compares numbers, strings, dates or booleans; false for values of different types. */
  readonly $gt?: unknown;
  readonly $gte?: unknown;
  readonly $lt?: unknown;
  readonly $lte?: unknown;
  readonly $in?: readonly unknown[];
  readonly $nin?: readonly unknown[];
  readonly $not?: unknown;
}

/**
 * Conditions on metadata that must all hold. Keys are metadata fields; a nested field is dotted (`"author.name"`) or a
 * nested object (`{ author: { name: … } }`). The operators `$and`, `$or` and `$not` contain further filters:
 * `{ page: { $gte: 3 }, language: ["de", "fr"], $or: [{ draft: false }, { "author.name": "Ada" }] }`.
 */
export interface MetadataFilter {
  readonly $and?: readonly MetadataFilter[];
  readonly $or?: readonly MetadataFilter[];
  readonly $not?: MetadataFilter;
  readonly [field: string]: unknown;
}
