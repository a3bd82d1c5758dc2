import { FileFormatError } from "../errors/file-format-error.js";

/** Adds a document's value from a line. @throws {FileFormatError} if an earlier line has the document for the query */
export function addOnce(
  queries: Map<string, Map<string, number>>,
  { query, document, value }: { readonly query: string; readonly document: string; readonly value: number },
  path: string,
  line: number,
): void {
  const values = queries.get(query) ?? new Map<string, number>();
  if (values.has(document)) {
    throw new FileFormatError(path, line, `each document once for query "${query}"`, document);
  }
  queries.set(query, values.set(document, value));
}
