/** Bytes that have a printable sign of their own; the others take, in order, the signs from U+0100 on. */
const PRINTABLE = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
] as const;

/** [256] The signs that GPT-2 writes bytes with, by byte. */
const SIGNS = byteSigns();
const SPACE = SIGNS[0x20]!;

/** Signs of themselves but for a space in front: most words. */
const PLAIN_WORD = /^ ?[!-~]+$/;

/** Writes a text in GPT-2's signs of its UTF-8 bytes. */
export function toByteLevel(text: string): string {
  if (PLAIN_WORD.test(text)) return text.startsWith(" ") ? SPACE + text.slice(1) : text;
  let result = "";
  for (const byte of Buffer.from(text, "utf8")) result += SIGNS[byte];
  return result;
}

function byteSigns(): readonly string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCharCode(PRINTABLE.some(([first, last]) => first <= byte && byte <= last) ? byte : next++),
  );
}
