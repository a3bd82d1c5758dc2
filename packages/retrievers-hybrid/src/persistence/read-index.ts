import { type WorkSlices, workSlices } from "@secondpass/core";
import { IndexFileError } from "../errors/index-file-error.js";
import { ByteReader } from "../io/byte-reader.js";
import type { ByteSource } from "../io/byte-source.js";
import type { LexicalParts } from "../lexical/lexical-index.js";
import { MAX_OCCURRENCES, Segment } from "../lexical/segment.js";
import { TermTable } from "../lexical/term-table.js";
import { type IndexHeader, parseIndexHeader, type SegmentShape } from "./index-header.js";
import { INDEX_MAGIC } from "./index-magic.js";
import { type IndexSeal, SEAL_BYTES } from "./index-seal.js";

/** Postings read between two looks at the clock. */
const STEPS_PER_LOOK = 256;

/** How a saved index is read. */
export interface ReadIndexOptions {
  /** Of the file, for errors. */
  readonly path: string;
  /** The end of the file, and what its checksum is computed by. */
  readonly seal: IndexSeal;
  /** Called with the header first. @returns whether the words are wanted; they are skipped otherwise */
  begin(header: IndexHeader): boolean;
  /** Called with what was saved of each document. @returns what is wrong with it, if anything */
  entry(value: unknown): string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads what `writeIndex` wrote. Memory is bounded by the size of the file: what it announces costs nothing until bytes back it.
 * @returns the words, if they are wanted
 * @throws {IndexFileError} unless all of it is as it was written
 */
export async function readIndex(
  source: ByteSource,
  { path, seal, begin, entry, signal }: ReadIndexOptions,
): Promise<LexicalParts | undefined> {
  const slices = workSlices(signal, { stepsPerLook: STEPS_PER_LOOK });
  const damaged = (reason: string) =>
    new IndexFileError(path, `it is damaged, or not a saved index: ${reason}.`);
  const limit = source.size - SEAL_BYTES;
  if (limit < INDEX_MAGIC.length) throw damaged("it is too short");
  const reader = new ByteReader(source, limit, (bytes) => seal.update(bytes), damaged);
  const magic = await reader.bytes(INDEX_MAGIC.length);
  if (magic.some((byte, i) => byte !== INDEX_MAGIC[i])) throw damaged("it begins otherwise");
  const header = parseIndexHeader(await reader.text());
  if (typeof header === "string") throw damaged(header);
  const isWanted = begin(header);
  await readPages(reader, header.documents, entry, slices, damaged);
  const parts = isWanted ? await readWords(reader, header, slices, damaged) : await skip(reader, slices);
  if (reader.remaining > 0) throw damaged("it goes on after its end");
  if (!seal.isIntact()) throw damaged("its checksum differs");
  return parts;
}

type Damaged = (reason: string) => Error;

async function readPages(
  reader: ByteReader,
  count: number,
  take: (value: unknown) => string | undefined,
  slices: WorkSlices,
  damaged: Damaged,
): Promise<void> {
  for (let left = count; left > 0; ) {
    const page = parsePage(await reader.text());
    if (page === undefined || page.length === 0 || page.length > left) {
      throw damaged("its lists are not as long as it says");
    }
    for (const value of page) {
      const problem = take(value);
      if (problem !== undefined) throw damaged(problem);
      if (slices.due()) await slices.pause();
    }
    left -= page.length;
  }
}

function parsePage(text: string): unknown[] | undefined {
  try {
    const page: unknown = JSON.parse(text);
    return Array.isArray(page) ? page : undefined;
  } catch {
    return undefined;
  }
}

async function readWords(
  reader: ByteReader,
  header: IndexHeader,
  slices: WorkSlices,
  damaged: Damaged,
): Promise<LexicalParts> {
  const terms = new TermTable();
  const addTerm = (term: unknown) => {
    const expected = terms.size;
    return typeof term === "string" && terms.add(term) === expected
      ? undefined
      : "its terms are not all different";
  };
  await readPages(reader, header.terms, addTerm, slices, damaged);
  const lengths: number[] = [];
  for (let i = 0; i < header.documents; i++) {
    if (reader.isLow) await reader.fill();
    lengths.push(reader.varint());
    if (slices.due()) await slices.pause();
  }
  const segments: Segment[] = [];
  for (const shape of header.segments) {
    segments.push(await readSegment(reader, shape, header.terms, slices, damaged));
  }
  return { terms, lengths, segments };
}

async function readSegment(
  reader: ByteReader,
  [from, to, termCount, postings]: SegmentShape,
  allTerms: number,
  slices: WorkSlices,
  damaged: Damaged,
): Promise<Segment> {
  // A term takes two bytes, a posting one.
  if (termCount * 2 + postings > reader.remaining) throw damaged("it ends too early");
  const terms = new Uint32Array(termCount);
  const offsets = new Uint32Array(termCount + 1);
  const slots = new Uint32Array(postings);
  const occurrences = new Uint16Array(postings);
  let at = 0;
  for (let place = 0, term = 0; place < termCount; place++) {
    if (reader.isLow) await reader.fill();
    const step = reader.varint();
    if (place > 0 && step === 0) throw damaged("a term comes twice in a part of it");
    term += step;
    const end = at + reader.varint();
    if (term >= allTerms || end === at || end > postings) throw damaged("its postings belong to no term");
    terms[place] = term;
    offsets[place + 1] = end;
    for (let slot = from, isFirst = true; at < end; at++, isFirst = false) {
      if (reader.isLow) await reader.fill();
      const posting = reader.varint();
      const gap = Math.floor(posting / 2);
      slot += gap;
      const times = posting % 2 === 1 ? 1 : reader.varint();
      if ((gap === 0 && !isFirst) || slot >= to || times < 1 || times > MAX_OCCURRENCES) {
        throw damaged("its postings belong to no document");
      }
      slots[at] = slot;
      occurrences[at] = times;
      if (slices.due()) await slices.pause();
    }
  }
  if (at !== postings) throw damaged("its postings are not as many as it says");
  return new Segment(terms, offsets, slots, occurrences, from, to);
}

/** Reads to the end, for the checksum. */
async function skip(reader: ByteReader, slices: WorkSlices): Promise<undefined> {
  while (reader.remaining > 0) {
    await reader.bytes(Math.min(reader.remaining, 1 << 16));
    if (slices.due()) await slices.pause();
  }
}
