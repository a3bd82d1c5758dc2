import { PythonValue } from "../../documents/metadata/python-value.js";
import { byteCodec } from "../../io/byte-codec.js";
import { offsetText } from "./time/offset-text.js";
import { integerText } from "./values/integer-text.js";
import type { PickleBudget } from "./values/pickle-budget.js";
import { PythonDataError } from "./values/python-data-error.js";
import { pythonFloatText } from "./values/python-float-text.js";
import { PythonInstance } from "./values/python-instance.js";
import { PythonTuple } from "./values/python-tuple.js";

/** Characters that `repr` escapes in texts, and those that it escapes in bytes. */
const ESCAPED_IN_TEXTS = /[\\'"\p{Cc}\xa0\xad]/gu;
const ESCAPED_IN_BYTES = /[\\'"\p{Cc}\x80-\xff]/gu;

/** Cost of a character of an id: its text is made, hashed and compared again for each of its positions. */
const CHARACTER_COST = 4;

/** Maximum depth of tuples inside tuples. */
const MAX_DEPTH = 20;

/**
 * The id of a document as text. Python accepts any hashable value as an id; values that are not text are converted as Python's `str` does,
 * to `10` or `00000000-0000-0000-0000-000000000005`.
 * @throws PythonDataError for values other than numbers, texts, bytes, UUIDs, dates, paths, and tuples of these
 */
export function idText(id: unknown, budget: PickleBudget): string {
  const text = typeof id === "string" ? id : pythonStr(id, budget, 0);
  // Callers encode, hash and compare the text.
  budget.charge(text.length * CHARACTER_COST);
  return text;
}

/** Python's `str`. */
function pythonStr(value: unknown, budget: PickleBudget, depth: number): string {
  if (typeof value === "string") return value;
  if (value instanceof PythonInstance) return pythonStr(value.value, budget, depth);
  if (value instanceof PythonValue) {
    if (value.is("datetime")) {
      const [text, offset] = value.payload;
      return text.replace("T", " ") + (offset === null ? "" : offsetText(offset));
    }
    if (value.is("uuid") || value.is("decimal") || value.is("fraction")) return value.payload;
    if (value.is("date") || value.is("time")) return value.payload;
    if (value.is("path")) return value.payload[1];
  }
  return pythonRepr(value, budget, depth);
}

/** Python's `repr`. */
function pythonRepr(value: unknown, budget: PickleBudget, depth: number): string {
  budget.charge(32);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return integerText(value, budget);
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : pythonFloatText(value);
  if (typeof value === "string") return quoted(value, ESCAPED_IN_TEXTS, budget);
  if (value instanceof PythonInstance) return pythonRepr(value.value, budget, depth);
  if (value instanceof PythonTuple && depth < MAX_DEPTH) {
    const items = value.items.map((item) => pythonRepr(item, budget, depth + 1));
    return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
  }
  if (value instanceof PythonValue) {
    if (value.is("float")) {
      const text = pythonFloatText(value.payload);
      return /^-?\d+$/.test(text) ? `${text}.0` : text;
    }
    if (value.is("complex")) return value.payload;
    if (value.is("bytes"))
      return `b${quoted(byteCodec.decodeLatin1(value.payload), ESCAPED_IN_BYTES, budget)}`;
    if (value.is("uuid")) return `UUID('${value.payload}')`;
    if (value.is("decimal")) return `Decimal('${value.payload}')`;
  }
  throw new PythonDataError(
    "it has a document whose id is neither a text nor a number nor another plain value",
  );
}

/** In single quotes, or in double ones if that saves escapes. */
function quoted(text: string, escaped: RegExp, budget: PickleBudget): string {
  budget.charge(text.length * 4);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replace(escaped, (character) => {
    if (character === "\\" || character === quote) return `\\${character}`;
    if (character === "'" || character === '"') return character;
    const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
    return short ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return quote + inner + quote;
}
