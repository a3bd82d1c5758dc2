import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";

/**
 * Parses the text of a model's JSON file, with the numbers NaN, Infinity and -Infinity that Python's json writes and reads
 * and JSON has not.
 * @throws MalformedModelFileError when it is not JSON
 */
export function parseJsonFile<T>(model: string, path: string, text: string): T {
  // Some editors on Windows put a byte order mark in front, which JSON.parse refuses.
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json) as T;
  } catch (cause) {
    try {
      if (/NaN|Infinity/.test(json)) return parsePythonJson(json) as T;
    } catch (other) {
      throw new MalformedModelFileError(model, path, "JSON", { cause: other });
    }
    throw new MalformedModelFileError(model, path, "JSON", { cause });
  }
}

/** A string, which is left as it is, or one of Python's numbers outside of strings and not in a key's place. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|\b(?:NaN|Infinity)\b(?!\s*:)/gs;

/** Replacements are as long as what they replace, so that errors name the place in the file. */
function parsePythonJson(json: string): unknown {
  const mark = unusedCharacter(json);
  const plain = json.replace(STRING_OR_NUMBER, (found) => {
    if (found === "NaN") return `"${mark}"`;
    return found === "Infinity" ? "1e999   " : found; // Too large for a double, so that it is read as infinite.
  });
  return JSON.parse(plain, (_key, value: unknown) => (value === mark ? Number.NaN : value));
}

/** A character of no meaning that the text has neither itself nor as an escape. */
function unusedCharacter(json: string): string {
  const lower = json.toLowerCase();
  let code = 0xe000;
  while (json.includes(String.fromCharCode(code)) || lower.includes(`\\u${code.toString(16)}`)) code++;
  return String.fromCharCode(code);
}
