/** Characters that Python escapes with `ensure_ascii`. */
const NOT_ASCII = /["\\]|[^ -~]/g;
const ALWAYS = /["\\]|[^ -\uffff]/g;

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
};

/** Writes a text as Python's `json.dumps` does. */
export function jsonString(text: string, ensureAscii: boolean): string {
  return `"${text.replace(ensureAscii ? NOT_ASCII : ALWAYS, escapeUnit)}"`;
}

/** Length of `jsonString(text, true)`. */
export function jsonStringSize(text: string): number {
  let size = text.length + 2;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x20 && unit < 0x7f && unit !== 0x22 && unit !== 0x5c) continue;
    size += SHORT[text[index]!] === undefined ? 5 : 1;
  }
  return size;
}

function escapeUnit(unit: string): string {
  return SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
