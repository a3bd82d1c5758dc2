/** A JSON Schema (2020-12), as in OpenAPI 3.1. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A value of a request, with its check and its description. */
export interface Field<Value> {
  readonly schema: JsonSchema;
  /** Whether its key may be missing. @default false */
  readonly isOptional?: boolean;
  /**
   * @param where place in the body, such as "documents[3]"
   * @throws {RequestError} 422 if the value is something else
   */
  read(value: unknown, where: string): Value;
}
