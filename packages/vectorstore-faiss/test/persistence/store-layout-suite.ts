import { describe, expect, it } from "@jest/globals";
import { workSlices } from "@secondpass/core";
import { FaissError } from "@secondpass/faiss";
import { type ByteSource, bytesSource } from "@secondpass/faiss/io";
import { Docstore, encodeDocument } from "../../src/documents/docstore.js";
import { BufferedWriter } from "../../src/io/buffered-writer.js";
import { MemorySink } from "../../src/io/memory-sink.js";
import { ContentsBuilder } from "../../src/persistence/contents-builder.js";
import type { ReadDocumentsOptions, StoreLayout } from "../../src/persistence/layout/store-layout.js";
import { linkLine, readLink } from "../../src/persistence/link/store-link.js";

interface Given {
  readonly id: string;
  readonly pageContent: string;
  readonly metadata: Record<string, unknown>;
}

/** Documents that every layout must keep: texts of any code unit, and metadata of every kind that JavaScript has. */
const DOCUMENTS: readonly Given[] = [
  { id: "", pageContent: "", metadata: {} },
  { id: "é 🍐", pageContent: "two\nlines\u0000\u2028", metadata: { n: 1, none: null, no: false, half: 0.5 } },
  { id: "half \ud800", pageContent: "\udfff", metadata: { "\ud800": "\udfff", "": [] } },
  { id: "typed", pageContent: "x", metadata: { date: new Date("2024-05-06T07:08:09.123Z"), big: 2n ** 80n } },
  { id: "numbers", pageContent: "x", metadata: { zero: -0, nan: Number.NaN, low: Number.NEGATIVE_INFINITY } },
  { id: "lists", pageContent: "x", metadata: { set: new Set(["a", 1]), bytes: Uint8Array.of(0, 255) } },
  { id: "nested", pageContent: "x", metadata: { "@": "mark", map: new Map([[1, { deep: [[null]] }]]) } },
  { id: "long", pageContent: "é".repeat(5000), metadata: { list: Array.from({ length: 100 }, (_, i) => i) } },
];

const LINK = {
  version: 1,
  index: { bytes: 1, sha256: "a" },
  documents: { bytes: 2, sha256: "b" },
  distanceStrategy: "ip",
  normalizeL2: false,
} as const;

/** A layout of saved stores, for `storeLayoutSuite`. */
export interface StoreLayoutCase {
  readonly name: string;
  readonly layout: StoreLayout;
}

/** The contract of every layout of saved stores. */
export function storeLayoutSuite({ name, layout }: StoreLayoutCase): void {
  const write = async (given: readonly Given[], onDocument?: (done: number) => void): Promise<Uint8Array> => {
    const docstore = new Docstore();
    for (const document of given) docstore.append(document.id, encodeDocument(document));
    // Positions in the reverse order of slots.
    const slots = Uint32Array.from(given, (_, position) => given.length - 1 - position);
    const sink = new MemorySink();
    const out = new BufferedWriter(sink);
    await layout.writeDocuments(out, docstore, slots, { slices: workSlices(), onDocument });
    out.text(linkLine(LINK, layout.linkEnding));
    await out.drain();
    return sink.toBytes(workSlices());
  };
  const read = async (source: ByteSource, options: Partial<ReadDocumentsOptions> = {}): Promise<Given[]> => {
    const builder = new ContentsBuilder();
    await layout.readDocuments(source, builder, { path: "the file", ...options });
    const { documents, positions } = await builder.build(builder.length, workSlices());
    return Array.from({ length: positions.length }, (_, position) => {
      const { id, pageContent, metadata } = documents.documentAt(positions.slotAt(position));
      return { id: id!, pageContent, metadata };
    });
  };
  /** A source that is read like a file, not from memory. */
  const fileLike = (bytes: Uint8Array): ByteSource => ({
    size: bytes.length,
    read: async (target, position) => target.set(bytes.subarray(position, position + target.length)),
  });

  describe(`the layout ${name}`, () => {
    it("names two files, for any `indexName`", () => {
      for (const indexName of ["index", "my store"]) {
        const { index, documents } = layout.fileNames(indexName);
        expect(index).not.toBe(documents);
        for (const file of [index, documents]) expect(file).toMatch(/^[^/\\]+\.[a-z]+$/);
      }
    });

    it("gives back every document at its position, with metadata of every kind", async () => {
      const bytes = await write(DOCUMENTS);
      expect(await read(bytesSource(bytes))).toEqual(DOCUMENTS.toReversed());
      expect(await read(fileLike(bytes))).toEqual(DOCUMENTS.toReversed());
    });

    it("can be without documents", async () => {
      expect(await read(bytesSource(await write([])))).toEqual([]);
    });

    it("is read up to its link", async () => {
      expect(await readLink(bytesSource(await write(DOCUMENTS)))).toEqual(LINK);
    });

    it("writes the same bytes again", async () => {
      expect(await write(await read(bytesSource(await write(DOCUMENTS))))).toEqual(
        await write(DOCUMENTS.toReversed()),
      );
    });

    it("reports each document that it writes", async () => {
      const told: number[] = [];
      await write(DOCUMENTS, (done) => told.push(done));
      expect(told).toEqual(DOCUMENTS.map((_, i) => i + 1));
    });

    it("stops reading when it is aborted", async () => {
      const bytes = await write(DOCUMENTS);
      const signal = AbortSignal.abort(new Error("enough"));
      await expect(read(fileLike(bytes), { signal })).rejects.toThrow("enough");
    });

    it("throws a typed error for files that were cut short", async () => {
      const whole = await write(DOCUMENTS.slice(0, 4));
      const documentsEnd = whole.length - linkLine(LINK, layout.linkEnding).length;
      for (let length = 0; length < documentsEnd - 1; length += 3) {
        const error = await read(fileLike(whole.subarray(0, length))).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(FaissError.isInstance(error)).toBe(true);
      }
    });
  });
}
