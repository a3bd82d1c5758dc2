import { workSlices } from "@secondpass/core";
import { FileDecodingError } from "../errors/file-decoding-error.js";
import { encodingName } from "./encoding-name.js";
import { encodingOfMark } from "./encoding-of-mark.js";
import { foreignSample } from "./foreign-sample.js";
import { isOddCyrillic } from "./is-odd-cyrillic.js";
import { isPlausibleText } from "./is-plausible-text.js";
import { makeDecoder } from "./make-decoder.js";

/** An encoding in which the sample is a text, and how probable it is: from 0 to 1. */
interface Reading {
  readonly encoding: string;
  readonly text: string;
  readonly confidence: number;
}

/** The winner is so many times as probable as an encoding that gives another text: more if there is less to judge by. */
const CLEAR = 1.02;
/** The same for texts with few characters that are not ASCII, by the length up to which it counts. */
const CLEAR_IF_FEW: readonly (readonly [length: number, clear: number])[] = [
  [32, 2.5],
  [100, 1.25],
  [Number.POSITIVE_INFINITY, 1.05],
];
const FEW = 8;
/** What Western texts have, and texts in wrong encodings seldom have alone: then short texts need no more of a lead than longer ones. */
const WESTERN = /^[\x20-\x7e\s\u00a0ÀÉÈàâäçéèêëîïôöùûüÄÖÜñåæøßáíóúãõ’‘“”–—…€£«»°©®]*$/;
const CLEAR_IF_WESTERN = 1.25;
/** No rival is less probable by more than this. */
const FARTHEST_RIVAL = 2.5;

/** Seldom used encodings have to be so many times as probable as a frequent one. */
const CLEAR_IF_RARE = 1.5;
/** From this confidence on, an encoding that cannot be decoded here is believed: chardet's own threshold. */
const CONFIDENT = 0.2;

const FREQUENT =
  /^(?:utf-|windows-125|iso-8859-[1256789]$|iso-8859-15$|koi8-|gb|big5|shift_jis|euc-|iso-2022-)/;
/** Encodings in which each other's capitals are small letters. */
const CASE_SWAPPED = /^(?:windows-1251|koi8-[ru])$/;
/** Names of chardet's that neither Python nor the WHATWG has. */
const CHARDET_NAMES: Readonly<Record<string, string>> = {
  maccyrillic: "x-mac-cyrillic",
  macroman: "macintosh",
  "tis-620": "windows-874",
  "euc-jis-2004": "euc-jp",
  big5hkscs: "big5",
};

/**
 * Tells the encoding of a text by its byte order mark, else by chardet's statistics (jschardet is its port). chardet always has an answer;
 * here it counts only if the text looks like one, and if no other encoding that gives another text is nearly as probable.
 *
 * @param source names the bytes in errors
 * @throws {FileDecodingError} if the encoding is not clear, or the bytes do not look like text
 */
export async function detectEncoding(bytes: Uint8Array, source: string): Promise<string> {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) return marked;
  const { sample, start, isCut } = await foreignSample(bytes);
  // Half a megabyte of statistics, which most programs never need.
  const { detectAll } = await import("jschardet");
  const found = detectAll(sample, { minimumThreshold: 0 }).filter(({ encoding }) => encoding !== null);
  const readings: Reading[] = [];
  const slices = workSlices();
  for (const { encoding, confidence } of found) {
    if (slices.due()) await slices.pause();
    // The most probable come first. What follows cannot win, and is no rival.
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
