import { describe, expect, it } from "@jest/globals";
import { workSlices } from "@secondpass/core";
import { bytesSource } from "@secondpass/faiss/io";
import fc from "fast-check";
import { Docstore, encodeDocument } from "../../src/documents/docstore.js";
import { encodeMetadata } from "../../src/documents/metadata/encode-metadata.js";
import { typedJsonProblem } from "../../src/documents/metadata/typed-json-problem.js";
import { viewMetadata } from "../../src/documents/metadata/view-metadata.js";
import { BufferedWriter } from "../../src/io/buffered-writer.js";
import { decodeWtf8 } from "../../src/io/decode-wtf8.js";
import { encodeWtf8 } from "../../src/io/encode-wtf8.js";
import { MemorySink } from "../../src/io/memory-sink.js";
import { ContentsBuilder } from "../../src/persistence/contents-builder.js";
import { readDocstorePickle } from "../../src/persistence/pickle/read-docstore-pickle.js";
import { writeDocstorePickle } from "../../src/persistence/pickle/write-docstore-pickle.js";

/** Text of any UTF-16 code units, lone surrogates included. */
const text = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false, 0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY),
    fc.integer(),
    fc.double(),
    fc.bigInt(),
    text,
    fc.uint8Array(),
    fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
    fc.array(tie("value")),
    fc.uniqueArray(fc.oneof(text, fc.integer())).map((items) => new Set(items)),
    fc
      .uniqueArray(fc.tuple(fc.oneof(text, fc.integer()), tie("value")), { selector: ([key]) => String(key) })
      .map((entries) => new Map(entries)),
    tie("object"),
  ),
  object: fc.dictionary(fc.oneof(text, fc.constantFrom("@", "v", "__proto__", "constructor")), tie("value")),
})).object as fc.Arbitrary<Record<string, unknown>>;

describe("metadata", () => {
  it("of any kind comes back unchanged", () => {
    fc.assert(
      fc.property(value, (metadata) => {
        const { json, typed } = encodeMetadata(metadata);
        expect(viewMetadata(json, typed)).toEqual(metadata);
        expect(
          json === "" || !typed ? undefined : typedJsonProblem(JSON.parse(json), "metadata"),
        ).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it("comes back unchanged from a pickle, with text and id", async () => {
    await fc.assert(
      fc.asyncProperty(value, text, text, async (given, id, pageContent) => {
        // Python has one kind of whole number and dict: bigints that numbers can hold come back as numbers.
        const metadata = {
          given: JSON.stringify(given, (_key, item) => (typeof item === "bigint" ? null : item)),
        };
        const sink = new MemorySink();
        const docstore = new Docstore();
        docstore.append(
          id,
          encodeDocument({ pageContent, metadata: { ...metadata, big: 2n ** 64n, set: new Set(["x"]) } }),
        );
        const slots = Uint32Array.of(0);
        await writeDocstorePickle(new BufferedWriter(sink), docstore, slots, { slices: workSlices() });
        const builder = new ContentsBuilder();
        await readDocstorePickle(bytesSource(await sink.toBytes(workSlices())), builder);
        const { documents } = await builder.build(1, workSlices());
        const document = documents.documentAt(0);
        expect([document.id, document.pageContent]).toEqual([id, pageContent]);
        expect(document.metadata).toEqual({ ...metadata, big: 2n ** 64n, set: new Set(["x"]) });
      }),
      { numRuns: 50 },
    );
  });

  it("converts class instances by toJSON, and other typed arrays to numbers", () => {
    class Point {
      x = 1;
      skipped = undefined;
    }
    const { json, typed } = encodeMetadata({
      p: new Point(),
      u: new URL("https://a.b/"),
      f: Float32Array.of(1.5, 2),
    });
    expect([JSON.parse(json), typed]).toEqual([{ p: { x: 1 }, u: "https://a.b/", f: [1.5, 2] }, false]);
  });
});

describe("WTF-8", () => {
  it("keeps every string, and is UTF-8 where the string is well formed", () => {
    fc.assert(
      fc.property(text, (string) => {
        expect(decodeWtf8(encodeWtf8(string))).toBe(string);
        if (!/\p{Surrogate}/u.test(string))
          expect(Buffer.from(encodeWtf8(string)).toString("utf8")).toBe(string);
      }),
    );
  });

  it.each([[[0xff]], [[0xc3]], [[0xed, 0xa0]], [[0x61, 0x80]], [[0xed, 0xa0, 0x80, 0xff]]])(
    "is undefined for invalid bytes: %p",
    (bytes) => {
      expect(decodeWtf8(Uint8Array.from(bytes))).toBeUndefined();
    },
  );
});
