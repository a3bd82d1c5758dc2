import { isUtf8 } from "node:buffer";
import { encodingOfMark } from "./encoding-of-mark.js";
import { makeDecoder } from "./make-decoder.js";

/** The sample in an encoding, undefined if it is no text in it. */
type Decode = (encoding: string) => string | undefined;

/** Bytes looked at; more do not change the guess. */
const SAMPLE_BYTES = 1 << 16;

/** An encoding, and what is frequent in texts in it and rare in texts that are read in it wrongly. */
type Candidate = readonly [encoding: string, frequent: RegExp];

const MULTIBYTE: readonly Candidate[] = [
  ["shift_jis", /[\u3041-\u30ff]/g],
  ["euc-jp", /[\u3041-\u30ff]/g],
  ["euc-kr", /[\uac00-\ud7a3]/g],
  ["big5", /[的是不我一有大在人了中到資要以可這個你會]/g],
  ["gb18030", /[的是不我一有大在人了中到资要以可这个你会]/g],
];

const CYRILLIC: readonly Candidate[] = [
  ["windows-1251", /[а-яё]{3,}/g],
  ["koi8-r", /[а-яё]{3,}/g],
];

/**
 * Guesses the encoding of a text: by its byte order mark; UTF-8 if it is that throughout; UTF-16 by its zero bytes; else the Cyrillic
 * or East Asian encoding in which it reads like a text; else windows-1252, which reads anything.
 */
export function detectEncoding(bytes: Uint8Array): string {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) return marked;
  if (isUtf8(bytes) && !bytes.includes(0)) return "utf-8";
  const from = firstForeign(bytes);
  const sample = bytes.subarray(from, from + SAMPLE_BYTES);
  // A sample may end in the middle of a character, a whole text may not.
  const decode: Decode = (encoding) => decodeOrNothing(sample, encoding, from + sample.length < bytes.length);
  // Cyrillic first: its letters come in such runs that most of them also pass for East Asian characters.
  return utf16ByZeros(sample) ?? cyrillic(decode) ?? multibyte(decode) ?? "windows-1252";
}

/** Position of the first byte that is not ASCII, or of the byte before, so that pairs of bytes stay together. */
function firstForeign(bytes: Uint8Array): number {
  let index = 0;
  while (index < bytes.length && bytes[index]! > 0 && bytes[index]! < 0x80) index++;
  return index - (index % 2);
}

/** Of Latin text in UTF-16 every other byte is zero: the second ones if it is little-endian. */
function utf16ByZeros(sample: Uint8Array): string | undefined {
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even++;
    else odd++;
  });
  // A tenth is far more than any other text has, and less than UTF-16 in East Asian scripts has for its spaces and line ends.
  if (Math.max(even, odd) * 10 < sample.length / 2) return undefined;
  return odd > even ? "utf-16le" : "utf-16be";
}

function multibyte(decode: Decode): string | undefined {
  return bestBy(decode, MULTIBYTE, 0.1);
}

/** The encoding that gives the largest share of frequent characters among those that are not ASCII, if more than `least`. */
function bestBy(decode: Decode, candidates: readonly Candidate[], least: number): string | undefined {
  let best: string | undefined;
  let bestShare = least;
  for (const [encoding, frequent] of candidates) {
    const text = decode(encoding) ?? "";
    const foreign = text.match(/[^\0-\x7f]/g)?.length ?? 0;
    const share = (text.match(frequent)?.join("").length ?? 0) / foreign;
    if (share > bestShare) [best, bestShare] = [encoding, share];
  }
  return best;
}

/**
 * Cyrillic words are runs of small letters. In the wrong one of the two encodings they come out as capitals or signs; Latin words in
 * windows-1252 have their accented letters one by one.
 */
function cyrillic(decode: Decode): string | undefined {
  return bestBy(decode, CYRILLIC, 0.5);
}

function decodeOrNothing(bytes: Uint8Array, encoding: string, stream: boolean): string | undefined {
  try {
    return makeDecoder(encoding)?.decode(bytes, { stream });
  } catch {
    return undefined;
  }
}
