const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Bytes of an escape such as "\u001f". Some characters have a short form such as "\n", for which the estimate is too high. */
const ESCAPE_BYTES = 6;

/**
 * Counts the bytes (UTF-8) of a text as a JSON string, including its quotes, without making the string. For control characters it is
 * an upper bound.
 */
export function jsonBytes(text: string): number {
  let bytes = 2;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20) bytes += ESCAPE_BYTES;
    else if (unit === QUOTE || unit === BACKSLASH) bytes += 2;
    else if (unit < 0x80) bytes += 1;
    // Each half of a 4-byte character counts 2. A lone half has 3 bytes, as U+FFFD, or is escaped.
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit <= 0xdfff) bytes += isWhole(text, i) ? 2 : ESCAPE_BYTES;
    else bytes += 3;
  }
  return bytes;
}

/** Whether the half of a character at `i` has its other half next to it. */
function isWhole(text: string, i: number): boolean {
  const isFirst = text.charCodeAt(i) < 0xdc00;
  const other = text.charCodeAt(isFirst ? i + 1 : i - 1);
  return isFirst ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other <= 0xdbff;
}
