import { FileFormatError } from "../errors/file-format-error.js";

/** @throws {FileFormatError} if the document has a grade for the query already */
export function addGrade(
  qrels: Map<string, Map<string, number>>,
  { query, document, grade }: { readonly query: string; readonly document: string; readonly grade: number },
  path: string,
  line: number,
): void {
  const grades = qrels.get(query) ?? new Map<string, number>();
  if (grades.has(document)) {
    throw new FileFormatError(path, line, `each document once for query "${query}"`, document);
  }
  qrels.set(query, grades.set(document, grade));
}

/** @throws {FileFormatError} if the text is not an integer */
export function gradeOf(text: string, path: string, line: number): number {
  const grade = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(grade)) throw new FileFormatError(path, line, "an integer as grade", text);
  return grade + 0;
}
