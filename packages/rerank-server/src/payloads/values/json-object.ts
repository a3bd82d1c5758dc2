/** A parsed JSON object that came as a request's body. */
export type JsonObject = Readonly<Record<string, unknown>>;
