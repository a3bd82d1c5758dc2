import { randomUUID } from "node:crypto";
import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";

/**
 * Parses the text of a model's JSON file. It also accepts NaN, Infinity and -Infinity, which are not JSON but which Python's json module writes
 * and reads.
 * @throws MalformedModelFileError if it is not JSON
 */
export function parsePythonJson(model: string, path: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    try {
      if (/NaN|Infinity/.test(json)) return parseWithNumbers(json);
    } catch (other) {
      throw new MalformedModelFileError(model, path, "JSON", { cause: other });
    }
    throw new MalformedModelFileError(model, path, "JSON", { cause });
  }
}

/** Matches a string (which stays unchanged), a quote without an end, or one of Python's numbers that is neither in a string nor a key. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|"|\b(?:NaN|Infinity)\b(?!\s*:)/gs;

function parseWithNumbers(json: string): unknown {
  // First parse it with other numbers of the same length, so that an error names the right position in the file.
  JSON.parse(withNumbers(json, "0  ", "1e9     "));
  const mark = randomUUID();
  // 1e999 is too large for a double, so it is read as Infinity.
  const plain = withNumbers(json, JSON.stringify(mark), "1e999");
  return JSON.parse(plain, (_key, value: unknown) => (value === mark ? Number.NaN : value));
}

function withNumbers(json: string, notANumber: string, infinity: string): string {
  return json.replace(STRING_OR_NUMBER, (found) => {
    // Searching for the end of each of many such quotes would take quadratic time.
    if (found === '"') throw new SyntaxError("Unterminated string in JSON");
    if (found === "NaN") return notANumber;
    return found === "Infinity" ? infinity : found;
  });
}
