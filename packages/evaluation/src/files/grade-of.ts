import { FileFormatError } from "../errors/file-format-error.js";

const INTEGER = /^[+-]?\d+$/;

/** Whether a text can be a grade, unlike the text of a header. */
export function isGrade(text: string): boolean {
  return INTEGER.test(text);
}

/** Parses a grade. @throws {FileFormatError} if the text is not an integer */
export function gradeOf(text: string, path: string, line: number): number {
  const grade = isGrade(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(grade)) throw new FileFormatError(path, line, "an integer as grade", text);
  // Turns -0 into 0.
  return grade + 0;
}
