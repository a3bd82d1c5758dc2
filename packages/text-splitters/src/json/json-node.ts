/** A JSON value with the length of its text as Python's `json.dumps` writes it, in characters, all of them ASCII. */
export type JsonNode = JsonScalar | JsonList | JsonDict;

/** Text, a number, true, false or null. */
export interface JsonScalar {
  readonly kind: "scalar";
  readonly value: unknown;
  /** The text that Python writes for a number; undefined for other values. */
  readonly number?: string | undefined;
  readonly size: number;
}

/** A list. */
export interface JsonList {
  readonly kind: "list";
  readonly items: readonly JsonNode[];
  readonly size: number;
}

/** An object. Its entries are a Map, because a JavaScript object moves keys like "1" to the front. */
export interface JsonDict {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, JsonNode>;
  readonly size: number;
}
