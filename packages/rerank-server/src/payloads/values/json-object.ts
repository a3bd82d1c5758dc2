/** A parsed JSON object of a request's body. */
export type JsonObject = Readonly<Record<string, unknown>>;
