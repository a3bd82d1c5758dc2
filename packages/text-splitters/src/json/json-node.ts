/** A JSON value that knows how long Python's `json.dumps` makes it: in characters, all of them ASCII. */
export type JsonNode = JsonScalar | JsonList | JsonDict;

/** Text, a number, true, false or null. */
export interface JsonScalar {
  readonly kind: "scalar";
  readonly value: unknown;
  /** What Python writes for a number; not given for other values. */
  readonly number?: string | undefined;
  readonly size: number;
}

/** A list. */
export interface JsonList {
  readonly kind: "list";
  readonly items: readonly JsonNode[];
  readonly size: number;
}

/** An object: a Map, because an object of JavaScript moves keys like "1" to the front. */
export interface JsonDict {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, JsonNode>;
  readonly size: number;
}
