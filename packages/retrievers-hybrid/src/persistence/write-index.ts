import { type WorkSlices, workSlices } from "@secondpass/core";
import { ByteWriter } from "../io/byte-writer.js";
import type { LexicalParts } from "../lexical/lexical-index.js";
import type { Segment } from "../lexical/segment.js";
import type { IndexHeader } from "./index-header.js";
import { INDEX_MAGIC } from "./index-magic.js";
import type { WordsOrigin } from "./words-origin.js";

/** Characters of JSON in a page, which is parsed in one step. */
const PAGE_CHARACTERS = 1 << 16;

/** Bytes of texts in a block, which is read in one step and stays in memory as long as any of its documents. */
const BLOCK_BYTES = 1 << 18;

const encoder = new TextEncoder();

/** The saved form of an index, with one entry for each document, a JSON value, in the order of their slots. */
export interface SavedIndex extends WordsOrigin {
  readonly k1: number;
  readonly b: number;
  readonly entries: Iterable<unknown>;
  /** The documents' texts, in the same order. @default they are saved elsewhere */
  readonly texts?: Iterable<string>;
  readonly parts: LexicalParts;
}

/**
 * Writes an index, up to its checksum:
 *
 * - {@link INDEX_MAGIC}; the header, a text
 * - documents in pages: JSON arrays as texts
 * - if the header says so, the documents' texts in blocks: their number, the length of each in bytes, and the texts as JSON
 * - terms in pages
 * - each document's length, a number
 * - for each segment and term: the distance of the term's number from the one before, the number of postings, and the postings. A posting is twice the
 *   distance of its document from the one before, plus 1 if the term occurs once; otherwise the count of occurrences follows
 *
 * Numbers are whole numbers in one to five bytes; texts are their length in bytes, then UTF-8.
 *
 * @param write appends bytes
 */
export async function writeIndex(
  index: SavedIndex,
  write: (bytes: Uint8Array) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const { entries, texts, parts, ...settings } = index;
  const { terms, lengths, segments } = parts;
  const slices = workSlices(signal);
  const out = new ByteWriter(write);
  const header: IndexHeader = {
    version: 2,
    ...settings,
    texts: texts !== undefined,
    documents: lengths.length,
    terms: terms.size,
    segments: segments.map((segment) => [
      segment.from,
      segment.to,
      segment.terms.length,
      segment.slots.length,
    ]),
  };
  out.bytes(INDEX_MAGIC);
  out.text(JSON.stringify(header));
  await writePages(out, entries, slices);
  if (texts !== undefined) await writeTexts(out, texts, slices);
  await writePages(out, terms, slices);
  for (const length of lengths) {
    out.varint(length);
    if (out.isFull) await out.drain();
    if (slices.due()) await slices.pause();
  }
  for (const segment of segments) await writeSegment(out, segment, slices);
  await out.drain();
}

async function writePages(out: ByteWriter, values: Iterable<unknown>, slices: WorkSlices): Promise<void> {
  let page: string[] = [];
  let characters = 0;
  const flush = async () => {
    out.text(`[${page.join()}]`);
    if (out.isFull) await out.drain();
    page = [];
    characters = 0;
  };
  for (const value of values) {
    // Lone surrogates are escaped in it.
    const json = JSON.stringify(value);
    page.push(json);
    characters += json.length;
    if (characters >= PAGE_CHARACTERS) await flush();
    if (slices.due()) await slices.pause();
  }
  if (page.length > 0) await flush();
}

async function writeTexts(out: ByteWriter, texts: Iterable<string>, slices: WorkSlices): Promise<void> {
  let block: Uint8Array[] = [];
  let bytes = 0;
  const flush = async () => {
    out.varint(block.length);
    for (const text of block) out.varint(text.length);
    for (const text of block) {
      out.bytes(text);
      if (out.isFull) await out.drain();
    }
    block = [];
    bytes = 0;
  };
  for (const text of texts) {
    // Lone surrogates are escaped in it.
    const json = encoder.encode(JSON.stringify(text));
    block.push(json);
    bytes += json.length;
    if (bytes >= BLOCK_BYTES) await flush();
    if (slices.due()) await slices.pause();
  }
  if (block.length > 0) await flush();
}

async function writeSegment(
  out: ByteWriter,
  { terms, offsets, slots, occurrences, from }: Segment,
  slices: WorkSlices,
): Promise<void> {
  for (let position = 0, last = 0; position < terms.length; position++) {
    const [start, end] = [offsets[position]!, offsets[position + 1]!];
    out.varint(terms[position]! - last);
    last = terms[position]!;
    out.varint(end - start);
    for (let i = start, before = from; i < end; i++) {
      const slot = slots[i]!;
      const times = occurrences[i]!;
      out.varint((slot - before) * 2 + (times === 1 ? 1 : 0));
      if (times !== 1) out.varint(times);
      before = slot;
    }
    if (out.isFull) await out.drain();
    if (slices.due()) await slices.pause();
  }
}
