import { type WorkSlices, workSlices } from "@secondpass/core";
import { IndexFileError } from "../errors/index-file-error.js";
import { ByteReader } from "../io/byte-reader.js";
import type { ByteSource } from "../io/byte-source.js";
import { NumberReader } from "../io/number-reader.js";
import type { LexicalParts } from "../lexical/lexical-index.js";
import type { Segment } from "../lexical/segment.js";
import { TermTable } from "../lexical/term-table.js";
import { type IndexHeader, parseIndexHeader } from "./index-header.js";
import { INDEX_MAGIC } from "./index-magic.js";
import { type IndexSeal, SEAL_BYTES } from "./index-seal.js";
import { readSegment } from "./read-segment.js";
import { TextBlock } from "./text-block.js";

/** Documents or terms that are read between two checks of the clock. */
const STEPS_PER_CHECK = 32;

/** Options of reading a saved index. */
export interface ReadIndexOptions {
  /** Path of the file, for error messages. */
  readonly path: string;
  /** The seal of the file, which computes its checksum. */
  readonly seal: IndexSeal;
  /** Called first, with the header. @returns whether the words are needed; otherwise they are skipped */
  begin(header: IndexHeader): boolean;
  /** Called with the entry of each document. @returns the problem if it is invalid */
  entry(value: unknown): string | undefined;
  /** Called later with the text of each document, if the index contains the texts. @default it does not */
  text?(block: TextBlock, place: number): void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads an index that `writeIndex` wrote. Memory is bounded by the size of the file: announced counts are checked against the bytes that are left.
 * @returns the words, if they are needed
 * @throws {IndexFileError} unless all bytes are as they were written
 */
export async function readIndex(
  source: ByteSource,
  { path, seal, begin, entry, text, signal }: ReadIndexOptions,
): Promise<LexicalParts | undefined> {
  const slices = workSlices(signal, { stepsPerCheck: STEPS_PER_CHECK });
  const damaged = (reason: string) =>
    new IndexFileError(path, `it is damaged, or not a saved index: ${reason}.`);
  const limit = source.size - SEAL_BYTES;
  if (limit < INDEX_MAGIC.length) throw damaged("it is too short");
  const reader = new ByteReader(source, limit, (bytes) => seal.update(bytes), damaged);
  const magic = await reader.bytes(INDEX_MAGIC.length);
  if (magic.some((byte, i) => byte !== INDEX_MAGIC[i])) throw damaged("its first bytes differ");
  const header = parseIndexHeader(await reader.text());
  if (typeof header === "string") throw damaged(header);
  if (header.texts !== (text !== undefined)) {
    throw damaged(header.texts ? "it contains texts" : "it contains no texts");
  }
  const isWanted = begin(header);
  await readPages(reader, header.documents, entry, slices, damaged);
  if (text !== undefined) await readTexts(reader, header.documents, text, slices, damaged);
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

async function readTexts(
  reader: ByteReader,
  count: number,
  take: (block: TextBlock, place: number) => void,
  slices: WorkSlices,
  damaged: Damaged,
): Promise<void> {
  for (let left = count; left > 0; ) {
    if (reader.isLow) await reader.fill();
    const texts = reader.varint();
    // A text needs at least one byte, for its length.
    if (texts === 0 || texts > Math.min(left, reader.remaining)) {
      throw damaged("its texts are not as many as it says");
    }
    const ends = new Uint32Array(texts);
    let end = 0;
    for (let i = 0; i < texts; i++) {
      if (reader.isLow) await reader.fill();
      end += reader.varint();
      if (end > reader.remaining) throw damaged("it ends too early");
      ends[i] = end;
      if (slices.due()) await slices.pause();
    }
    const block = new TextBlock(await reader.copy(end), ends, damaged);
    for (let i = 0; i < texts; i++) take(block, i);
    left -= texts;
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
  const numbers = new NumberReader(reader, damaged);
  const lengths: number[] = [];
  while (lengths.length < header.documents) {
    if (numbers.at === numbers.end) await numbers.fill();
    lengths.push(numbers.numbers[numbers.at++]!);
    if (slices.due()) await slices.pause();
  }
  const segments: Segment[] = [];
  for (const shape of header.segments) {
    segments.push(await readSegment(numbers, shape, header.terms, slices, damaged));
  }
  if (numbers.remaining > 0) throw damaged("it goes on after its end");
  return { terms, lengths, segments };
}

/** Reads the rest, for the checksum. */
async function skip(reader: ByteReader, slices: WorkSlices): Promise<undefined> {
  while (reader.remaining > 0) {
    await reader.bytes(Math.min(reader.remaining, 1 << 16));
    if (slices.due()) await slices.pause();
  }
}
