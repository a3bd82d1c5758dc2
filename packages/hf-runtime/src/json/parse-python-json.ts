import { randomUUID } from "node:crypto";
import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";

/**
 * Parses the text of a model's JSON file, with the numbers NaN, Infinity and -Infinity that Python's json writes and reads
 * and JSON has not.
 * @throws MalformedModelFileError when it is not JSON
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

/** A string, which is left as it is, a quote that ends nowhere, or one of Python's numbers outside of strings and not in a key's place. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|"|\b(?:NaN|Infinity)\b(?!\s*:)/gs;

function parseWithNumbers(json: string): unknown {
  // First as JSON with other numbers of the same length, so that an error names the place in the file.
  JSON.parse(withNumbers(json, "0  ", "1e9     "));
  const mark = randomUUID();
  // Too large for a double, so that it is read as infinite.
  const plain = withNumbers(json, JSON.stringify(mark), "1e999");
  return JSON.parse(plain, (_key, value: unknown) => (value === mark ? Number.NaN : value));
}

function withNumbers(json: string, notANumber: string, infinity: string): string {
  return json.replace(STRING_OR_NUMBER, (found) => {
    // To look for the end of each of many would take quadratic time.
    if (found === '"') throw new SyntaxError("Unterminated string in JSON");
    if (found === "NaN") return notANumber;
    return found === "Infinity" ? infinity : found;
  });
}
