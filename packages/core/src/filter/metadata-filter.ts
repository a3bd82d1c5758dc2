/** What a metadata field must be. A bare value means `$eq`, an array `$in`. */
export interface FieldOperators {
  /** Equal, deeply; `null` also where the field is missing. */
  readonly $eq?: unknown;
  /** Not equal; true where the field is missing. */
  readonly $ne?: unknown;
  /** Python's name of `$ne`. */
  readonly $neq?: unknown;
  /** Comparisons hold between numbers, strings, dates or booleans; values of different types never compare. */
  readonly $gt?: unknown;
  readonly $gte?: unknown;
  readonly $lt?: unknown;
  readonly $lte?: unknown;
  readonly $in?: readonly unknown[];
  readonly $nin?: readonly unknown[];
  readonly $not?: unknown;
}

/**
 * Conditions on metadata that must all hold. Keys are metadata fields, nested ones dotted (`"author.name"`) or as
 * nested objects (`{ author: { name: … } }`), beside which `$and`, `$or` and `$not` take filters of their own:
 * `{ page: { $gte: 3 }, language: ["de", "fr"], $or: [{ draft: false }, { "author.name": "Ada" }] }`.
 */
export interface MetadataFilter {
  readonly $and?: readonly MetadataFilter[];
  readonly $or?: readonly MetadataFilter[];
  readonly $not?: MetadataFilter;
  readonly [field: string]: unknown;
}
