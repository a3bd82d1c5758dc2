import { workSlices } from "@secondpass/core";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { DocumentIndex } from "../../src/documents/document-index.js";
import { ByteWriter } from "../../src/io/byte-writer.js";
import { LexicalIndex } from "../../src/lexical/lexical-index.js";
import { NO_OWNER, SEAL_BYTES } from "../../src/persistence/index-seal.js";
import { readIndex } from "../../src/persistence/read-index.js";
import { writeIndex } from "../../src/persistence/write-index.js";

const analyzer = (text: string) => text.split(" ");
const origin = { analyzer: "spaces", unicode: process.versions.icu! };

/** The bytes of an index of some texts, without its seal. */
const saved = (async () => {
  const index = new LexicalIndex(analyzer, { k1: 1.2, b: 0.75 });
  const texts = Array.from({ length: 40 }, (_, i) => `a ${"b ".repeat(i % 5)}c${i % 7} d${i % 3} d${i % 3}`);
  index.add(await index.prepare(texts, workSlices()));
  const pieces: Uint8Array[] = [];
  const entries = texts.map((_, i) => [String(i), { i, when: { "@": "date", v: i } }]);
  await writeIndex({ ...origin, k1: 1.2, b: 0.75, entries, texts, parts: index.parts }, async (bytes) => {
    pieces.push(Uint8Array.from(bytes));
  });
  return Buffer.concat(pieces);
})();

/** Reads bytes as an index with a correct checksum, and searches it. */
async function read(bytes: Uint8Array): Promise<void> {
  const file = Buffer.concat([bytes, Buffer.alloc(SEAL_BYTES)]);
  const source = {
    size: file.length,
    read: async (target: Uint8Array, position: number) =>
      target.set(file.subarray(position, position + target.length)),
  };
  const seal = { owner: NO_OWNER, update: () => undefined, isIntact: () => true };
  const index = await DocumentIndex.read(
    (options) => readIndex(source, { ...options, path: "bm25.index", seal }),
    () => ({ analyzer: Object.assign(analyzer, { analyzerId: "spaces" }), parameters: { k1: 1.2, b: 0.75 } }),
  );
  const found = await index.search("a b c1 d2", Number.POSITIVE_INFINITY);
  for (const [{ id, pageContent }] of found)
    if (pageContent.length > bytes.length || index.byIds([id]).length !== 1)
      throw new Error(`${id} was found but is not there`);
  await index.delete({ filter: { i: 3 } });
  await index.search("a d1", 3);
}

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(4),
  insert: fc.uint8Array({ maxLength: 6 }),
});

fuzz({
  name: "retrievers-hybrid: a changed index file",
  arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }),
  shortRuns: 300,
  memoryMb: 200,
  run: async (changes) => {
    let bytes: Uint8Array = await saved;
    for (const { at, remove, insert } of changes) {
      const start = Math.floor(at * bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
    }
    await read(bytes);
  },
});

const number = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 0xffffffff }));

fuzz({
  name: "retrievers-hybrid: a made-up index file",
  arbitrary: fc.record({
    header: fc.record(
      {
        version: fc.constantFrom(2, 2, 2, 2, 1, "2"),
        texts: fc.constantFrom(true, true, false, 1),
        analyzer: fc.constantFrom("spaces", "spaces", null, 1),
        unicode: fc.constantFrom(process.versions.icu, "1", 2),
        k1: fc.oneof(fc.constant(1.2), fc.double()),
        b: fc.constantFrom(0.75, 0, 1, -1),
        documents: number,
        terms: number,
        segments: fc.array(fc.tuple(number, number, number, number), { maxLength: 3 }),
      },
      { requiredKeys: ["version", "documents", "terms", "segments"] },
    ),
    isFitting: fc.boolean(),
    pages: fc.array(fc.oneof(fc.jsonValue(), fc.array(fc.tuple(fc.string(), fc.jsonValue()))), {
      maxLength: 3,
    }),
    text: fc.constantFrom('"a text"', '"a text"', "", "{}", '"cut'),
    terms: fc.uniqueArray(fc.string(), { maxLength: 9 }),
    numbers: fc.array(fc.oneof(fc.nat(9), number), { maxLength: 60 }),
  }),
  shortRuns: 300,
  memoryMb: 200,
  run: async ({ header, isFitting, pages, text, terms, numbers }) => {
    const pieces: Uint8Array[] = [];
    const out = new ByteWriter(async (bytes) => void pieces.push(Uint8Array.from(bytes)));
    out.bytes((await saved).subarray(0, 8));
    // Usually there is one valid document, so that the words are read.
    const fitting = { documents: 1, terms: terms.length, segments: [[0, 1, terms.length, terms.length]] };
    const base = { analyzer: "spaces", unicode: process.versions.icu, k1: 1.2, b: 0.75 };
    out.text(
      JSON.stringify(isFitting ? { version: 2, texts: true, ...base, ...fitting } : { ...base, ...header }),
    );
    for (const page of isFitting ? [[["id", {}]]] : pages) out.text(JSON.stringify(page));
    if (isFitting) {
      out.varint(1);
      out.text(text);
      if (terms.length > 0) out.text(JSON.stringify(terms));
    }
    for (const value of numbers) out.varint(value);
    await out.drain();
    await read(Buffer.concat(pieces));
  },
});
