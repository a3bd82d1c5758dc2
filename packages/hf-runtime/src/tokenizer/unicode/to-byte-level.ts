/** Bytes that are written as the character with the same code point. The others are written, in order, as the characters from U+0100 on. */
const PRINTABLE = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
] as const;

/** [256] The character that GPT-2 uses for each byte. */
const CHARACTERS = byteCharacters();
const SPACE = CHARACTERS[0x20]!;
/** [256] The code units of {@link CHARACTERS}. */
const CODES = Uint16Array.from(CHARACTERS, (character) => character.charCodeAt(0));

/** Maximum bytes that are written one by one. */
const SHORT = 256;

/** A word whose characters stay the same, except for a space in front, as in most words. */
const PLAIN_WORD = /^ ?[!-~]+$/;

/** Writes each UTF-8 byte of a text as the character that GPT-2 uses for it. */
export function toByteLevel(text: string): string {
  if (PLAIN_WORD.test(text)) return text.startsWith(" ") ? SPACE + text.slice(1) : text;
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length > SHORT) return joined(bytes);
  let result = "";
  for (const byte of bytes) result += CHARACTERS[byte];
  return result;
}

/** Writes many bytes in one piece: V8 keeps a string that is built character by character as a tree, which is slow to read. */
function joined(bytes: Uint8Array): string {
  const utf16 = Buffer.alloc(2 * bytes.length);
  for (let at = 0; at < bytes.length; at++) utf16.writeUInt16LE(CODES[bytes[at]!]!, 2 * at);
  return utf16.toString("utf16le");
}

function byteCharacters(): readonly string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCharCode(PRINTABLE.some(([first, last]) => first <= byte && byte <= last) ? byte : next++),
  );
}
