/** A JSON Schema (2020-12), as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A value of a request: how it is checked and how it is described. */
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
