import type { Steps } from "../steps/steps.js";
import { combiningClass } from "./combining-class.js";

export type UnicodeForm = "NFC" | "NFD" | "NFKC" | "NFKD";

/** Characters between two pauses. */
const STEP = 1024;

/**
 * Normalizes a text with a very long run of marks in linear time: decomposes, sorts and composes it character by character.
 * @param isKept whether a character stays as it is, and nothing is sorted or composed across it. @default none
 */
export function* normalizeMarks(
  text: string,
  form: UnicodeForm,
  isKept: (character: string) => boolean = () => false,
): Steps<string> {
  let result = "";
  let start = 0;
  let steps = 0;
  for (let at = 0; at < text.length; ) {
    if (++steps % STEP === 0) yield;
    const character = String.fromCodePoint(text.codePointAt(at)!);
    const end = at + character.length;
    if (isKept(character)) {
      result += (yield* normalizeStretch(text.slice(start, at), form)) + character;
      start = end;
    }
    at = end;
  }
  return result + (yield* normalizeStretch(text.slice(start), form));
}

function* normalizeStretch(text: string, form: UnicodeForm): Steps<string> {
  const sorted = yield* decompose(text, form.startsWith("NFK") ? "NFKD" : "NFD");
  const codePoints = form.endsWith("C") ? yield* compose(sorted) : sorted;
  let result = "";
  for (let at = 0; at < codePoints.length; at += STEP) {
    result += String.fromCodePoint(...codePoints.slice(at, at + STEP));
    yield;
  }
  return result;
}

/** The code points of a text's decomposition, marks sorted by their classes. */
function* decompose(text: string, form: "NFD" | "NFKD"): Steps<readonly number[]> {
  const known = new Map<string, readonly number[]>();
  const out: number[] = [];
  /** By class: the marks since the last character that marks are not sorted across. */
  let marks: number[][] = [];
  const flush = function* (): Steps<void> {
    for (const list of marks) {
      for (const mark of list ?? []) {
        if (out.push(mark) % STEP === 0) yield;
      }
    }
    marks = [];
  };
  let steps = 0;
  for (const character of text) {
    if (++steps % STEP === 0) yield;
    let parts = known.get(character);
    if (!parts) {
      parts = Array.from(character.normalize(form), (part) => part.codePointAt(0)!);
      known.set(character, parts);
    }
    for (const part of parts) {
      const place = combiningClass(part);
      if (place === 0) {
        yield* flush();
        out.push(part);
      } else {
        marks[place] ??= [];
        marks[place]!.push(part);
      }
    }
  }
  yield* flush();
  return out;
}

/** Unicode's canonical composition. */
function* compose(codePoints: readonly number[]): Steps<readonly number[]> {
  const out: number[] = [];
  /** Place in `out` of the last character that can be composed with what follows; -1 for none. */
  let starter = -1;
  let lastClass = 0;
  for (const [index, codePoint] of codePoints.entries()) {
    if (index % STEP === STEP - 1) yield;
    const place = combiningClass(codePoint);
    const isNext = starter === out.length - 1;
    if (starter >= 0 && (isNext || lastClass < place)) {
      const composed = composition(out[starter]!, codePoint);
      if (composed !== undefined) {
        out[starter] = composed;
        continue;
      }
    }
    if (place === 0) starter = out.length;
    lastClass = place;
    out.push(codePoint);
  }
  return out;
}

const compositions = new Map<number, number | undefined>();
/** More pairs than Unicode composes. */
const MAX_COMPOSITIONS = 1 << 14;

/** The composition of two characters, if there is one. */
function composition(first: number, second: number): number | undefined {
  const key = first * 0x110000 + second;
  if (!compositions.has(key)) {
    if (compositions.size >= MAX_COMPOSITIONS) compositions.clear();
    const composed = String.fromCodePoint(first, second).normalize("NFC");
    const codePoint = composed.codePointAt(0)!;
    compositions.set(key, composed.length === String.fromCodePoint(codePoint).length ? codePoint : undefined);
  }
  return compositions.get(key);
}
