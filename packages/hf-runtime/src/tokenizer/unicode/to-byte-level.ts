/** Bytes that have a printable sign of their own; the others take, in order, the signs from U+0100 on. */
const PRINTABLE = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
] as const;

/** [256] The signs that GPT-2 writes bytes with, by byte. */
const SIGNS = byteSigns();
const SPACE = SIGNS[0x20]!;
/** [256] */
const CODES = Uint16Array.from(SIGNS, (sign) => sign.charCodeAt(0));

/** Bytes that are written sign by sign. */
const SHORT = 256;

/** Signs of themselves but for a space in front: most words. */
const PLAIN_WORD = /^ ?[!-~]+$/;

/** Writes a text in GPT-2's signs of its UTF-8 bytes. */
export function toByteLevel(text: string): string {
  if (PLAIN_WORD.test(text)) return text.startsWith(" ") ? SPACE + text.slice(1) : text;
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length > SHORT) return joined(bytes);
  let result = "";
  for (const byte of bytes) result += SIGNS[byte];
  return result;
}

/** In one piece: V8 keeps what is added sign by sign as a tree, which takes long to read. */
function joined(bytes: Uint8Array): string {
  const signs = Buffer.alloc(2 * bytes.length);
  for (let at = 0; at < bytes.length; at++) signs.writeUInt16LE(CODES[bytes[at]!]!, 2 * at);
  return signs.toString("utf16le");
}

function byteSigns(): readonly string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCharCode(PRINTABLE.some(([first, last]) => first <= byte && byte <= last) ? byte : next++),
  );
}
