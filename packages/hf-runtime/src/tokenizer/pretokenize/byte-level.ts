import type { ComponentJson } from "../json/component-json.js";
import { fixProperties } from "../pattern/fix-properties.js";
import type { PreTokenizer } from "./create-pre-tokenizer.js";

/** GPT-2's: words, numbers and signs, each with the space in front of it, and the white space left over. */
const WORDS =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{White_Space}\\p{L}\\p{N}]+|" +
  "\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+";

/** Bytes that have a printable sign of their own; the others take, in order, the signs from U+0100 on. */
const PRINTABLE = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
] as const;

/** The signs that GPT-2 writes bytes with, by byte. */
const SIGNS = byteSigns();
const SPACE = SIGNS[0x20]!;

/** Signs of themselves but for a space in front: most words. */
const PLAIN_WORD = /^ ?[!-~]+$/;

/** `tokenizers`' ByteLevel: words in the signs of their bytes. */
export function byteLevel(json: ComponentJson): PreTokenizer {
  const prefix = json.add_prefix_space === true;
  // Here, and not for everyone who imports the package: it takes ten milliseconds.
  const words = json.use_regex === false ? undefined : new RegExp(fixProperties(WORDS), "gu");
  return (text) => {
    const prefixed = prefix && !text.startsWith(" ") ? ` ${text}` : text;
    return (words ? (prefixed.match(words) ?? []) : [prefixed]).map(writeBytes);
  };
}

/** A text in the signs of its UTF-8 bytes. */
export function writeBytes(text: string): string {
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
