import type { WorkSlices } from "@secondpass/core";
import type { NumberReader } from "../io/number-reader.js";
import { MAX_OCCURRENCES, Segment } from "../lexical/segment.js";
import type { SegmentShape } from "./index-header.js";

type Damaged = (reason: string) => Error;

/**
 * Reads a segment that `writeIndex` wrote.
 * @param allTerms number of terms of the index
 * @param damaged makes the error for invalid numbers
 */
export async function readSegment(
  numbers: NumberReader,
  [from, to, termCount, postings]: SegmentShape,
  allTerms: number,
  slices: WorkSlices,
  damaged: Damaged,
): Promise<Segment> {
  // A term needs two numbers, a posting one.
  if (termCount * 2 + postings > numbers.remaining) throw damaged("it ends too early");
  const terms = new Uint32Array(termCount);
  const offsets = new Uint32Array(termCount + 1);
  const segment = new Segment(terms, offsets, new Uint32Array(postings), new Uint16Array(postings), from, to);
  let at = 0;
  for (let position = 0, term = 0; position < termCount; position++) {
    if (numbers.end - numbers.at < 2) await numbers.fill();
    const step = numbers.numbers[numbers.at++]!;
    const count = numbers.at < numbers.end ? numbers.numbers[numbers.at++]! : await numbers.next();
    if (position > 0 && step === 0) throw damaged("a term comes twice in a part of it");
    term += step;
    if (term >= allTerms || count === 0 || at + count > postings) {
      throw damaged("its postings belong to no term");
    }
    terms[position] = term;
    const end = at + count;
    offsets[position + 1] = end;
    for (at = takePostings(numbers, segment, at, at, end, damaged); at < end; ) {
      await numbers.fill();
      if (slices.due()) await slices.pause();
      at = takePostings(numbers, segment, offsets[position]!, at, end, damaged);
    }
    if (slices.due()) await slices.pause();
  }
  if (at !== postings) throw damaged("its postings are not as many as it says");
  return segment;
}

/**
 * Reads the postings of a term as far as their numbers are decoded.
 * @param start the term's first posting
 * @param from the first posting that is not read yet
 * @param end posting after the term's last
 * @returns the first posting that is not read yet
 */
function takePostings(
  reader: NumberReader,
  { slots, occurrences, from: firstSlot, to: slotsEnd }: Segment,
  start: number,
  from: number,
  end: number,
  damaged: Damaged,
): number {
  const { numbers, end: numbersEnd } = reader;
  let at = reader.at;
  let posting = from;
  let slot = from > start ? slots[from - 1]! : firstSlot;
  for (; posting < end && at < numbersEnd; posting++) {
    const number = numbers[at]!;
    const gap = number >>> 1;
    let times = 1;
    if ((number & 1) === 0) {
      if (at + 1 === numbersEnd) break;
      times = numbers[++at]!;
    }
    at++;
    slot += gap;
    if ((gap === 0 && posting > start) || slot >= slotsEnd || times < 1 || times > MAX_OCCURRENCES) {
      throw damaged("its postings belong to no document");
    }
    slots[posting] = slot;
    occurrences[posting] = times;
  }
  reader.at = at;
  return posting;
}
