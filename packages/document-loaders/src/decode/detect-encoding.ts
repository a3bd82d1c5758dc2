import { workSlices } from "@secondpass/core";
import { FileDecodingError } from "../errors/file-decoding-error.js";
import { encodingName } from "./encoding-name.js";
import { encodingOfMark } from "./encoding-of-mark.js";
import { foreignSample } from "./foreign-sample.js";
import { isOddCyrillic } from "./is-odd-cyrillic.js";
import { isPlausibleText } from "./is-plausible-text.js";
import { makeDecoder } from "./make-decoder.js";

/** An encoding in which the sample is a text, with its probability from 0 to 1. */
interface Reading {
  readonly encoding: string;
  readonly text: string;
  readonly confidence: number;
}

/** The best encoding must be this many times as probable as one that gives another text. */
const CLEAR = 1.02;
/** The same factor for texts with few characters that are not ASCII: for texts shorter than `length`. */
const CLEAR_IF_FEW: readonly (readonly [length: number, clear: number])[] = [
  [32, 2.5],
  [100, 1.25],
  [Number.POSITIVE_INFINITY, 1.05],
];
const FEW = 8;
/** Text with only the characters of Western texts, which text in a wrong encoding rarely is. Its factor is at most `CLEAR_IF_WESTERN`. */
const WESTERN = /^[\x20-\x7e\s\u00a0ÀÉÈàâäçéèêëîïôöùûüÄÖÜñåæøßáíóúãõ’‘“”–—…€£«»°©®]*$/;
const CLEAR_IF_WESTERN = 1.25;
/** Encodings that are less probable than the best by more than this factor are not rivals. */
const FARTHEST_RIVAL = 2.5;

/** A rare encoding must be this many times as probable as a frequent one. */
const CLEAR_IF_RARE = 1.5;
/** Confidence from which an encoding that cannot be decoded here is accepted: chardet's own threshold. */
const CONFIDENT = 0.2;

const FREQUENT =
  /^(?:utf-|windows-125|iso-8859-[1256789]$|iso-8859-15$|koi8-|gb|big5|shift_jis|euc-|iso-2022-)/;
/** Encodings in which the bytes of one's capitals are small letters in the other. */
const CASE_SWAPPED = /^(?:windows-1251|koi8-[ru])$/;
/** Chardet's names that neither Python nor the WHATWG has. */
const CHARDET_NAMES: Readonly<Record<string, string>> = {
  maccyrillic: "x-mac-cyrillic",
  macroman: "macintosh",
  "tis-620": "windows-874",
  "euc-jis-2004": "euc-jp",
  big5hkscs: "big5",
};

/**
 * Detects the encoding of a text by its byte order mark, else by chardet's statistics (jschardet is its port). Chardet always returns an
 * encoding; here it counts only if the result looks like text, and if no encoding that gives another text is nearly as probable.
 *
 * @param source name of the bytes in error messages
 * @throws {FileDecodingError} if the encoding is not clear, or the bytes do not look like text
 */
export async function detectEncoding(bytes: Uint8Array, source: string): Promise<string> {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) return marked;
  const { sample, start, isCut } = await foreignSample(bytes);
  // Imported on first use: it has half a megabyte of statistics, which most programs never need.
  const { detectAll } = await import("jschardet");
  const found = detectAll(sample, { minimumThreshold: 0 }).filter(({ encoding }) => encoding !== null);
  const readings: Reading[] = [];
  const slices = workSlices();
  for (const { encoding, confidence } of found) {
    if (slices.due()) await slices.pause();
    // The most probable come first, so the rest can neither win nor be rivals.
    if (confidence * FARTHEST_RIVAL * CLEAR_IF_RARE < (readings[0]?.confidence ?? 0)) break;
    const name = nameOf(encoding!);
    const text = decodeOrNothing(sample, name, isCut);
    if (text !== undefined && isPlausibleText(text)) readings.push({ encoding: name, text, confidence });
  }
  const best = choose(readings);
  const [first] = found;
  const isOther =
    first !== undefined &&
    first.confidence >= CONFIDENT &&
    makeDecoder(nameOf(first.encoding!)) === undefined;
  if (best !== undefined && !(isOther && first.confidence > best.confidence * CLEAR_IF_RARE))
    return best.encoding;
  const distinct = readings.filter(
    ({ text }, index) => readings.findIndex((one) => one.text === text) === index,
  );
  const names = distinct.map(({ encoding }) => encoding);
  if (isOther) names.unshift(nameOf(first.encoding!));
  throw new FileDecodingError(source, names[0] ?? "unknown", start, names.slice(0, 3));
}

/** The reading that is clearly the best; undefined if there is none. */
function choose(readings: readonly Reading[]): Reading | undefined {
  const [first] = readings;
  if (first === undefined) return undefined;
  const frequent = readings.find(({ encoding }) => FREQUENT.test(encoding));
  const best =
    frequent !== undefined && frequent.confidence * CLEAR_IF_RARE >= first.confidence ? frequent : first;
  const clear = clearFor(best.text);
  const isRival = ({ encoding, text, confidence }: Reading) =>
    text !== best.text &&
    confidence * clear > best.confidence &&
    (FREQUENT.test(encoding) || !FREQUENT.test(best.encoding));
  const isOdd = CASE_SWAPPED.test(best.encoding) && isOddCyrillic(best.text);
  return isOdd || readings.some(isRival) ? undefined : best;
}

function clearFor(text: string): number {
  if ((text.match(/[\u0080-\uffff]/g)?.length ?? 0) >= FEW) return CLEAR;
  const clear = CLEAR_IF_FEW.find(([length]) => text.length < length)?.[1] ?? CLEAR;
  return WESTERN.test(text) ? Math.min(clear, CLEAR_IF_WESTERN) : clear;
}

function nameOf(found: string): string {
  const name = encodingName(found);
  return CHARDET_NAMES[name] ?? name.replace(/^iso8859/, "iso-8859");
}

function decodeOrNothing(bytes: Uint8Array, encoding: string, isCut: boolean): string | undefined {
  try {
    return makeDecoder(encoding)?.decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
