import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { workSlices } from "@secondpass/core";
import { bytesSource } from "@secondpass/faiss/io";
import type { IndexedDocuments } from "../../../src/contents/store-contents.js";
import { BufferedWriter } from "../../../src/io/buffered-writer.js";
import { MemorySink } from "../../../src/io/memory-sink.js";
import { ContentsBuilder } from "../../../src/persistence/contents-builder.js";
import { readDocstorePickle } from "../../../src/persistence/pickle/read-docstore-pickle.js";
import { writeDocstorePickle } from "../../../src/persistence/pickle/write-docstore-pickle.js";
import { fromBase64, readGolden, readGoldenFacts } from "../../read-golden.js";
import { tagValue } from "../../tag-value.js";

interface ValuesGolden {
  protocol: number;
  /** A document whose metadata has every value; base64 of gzip, as `ids`. */
  pickle: string;
  /** The values expected in JavaScript; a protocol lists only those that differ from the last protocol's. */
  views: Record<string, unknown>;
  /** A document for each id, whose content is its number. */
  ids: string;
}

async function read(pickle: Uint8Array): Promise<IndexedDocuments> {
  const builder = new ContentsBuilder();
  await readDocstorePickle(bytesSource(pickle), builder);
  return builder.build(builder.length, workSlices());
}

async function readAgain({ documents, positions }: IndexedDocuments): Promise<IndexedDocuments> {
  const sink = new MemorySink();
  const slots = await positions.liveSlots(workSlices());
  await writeDocstorePickle(new BufferedWriter(sink), documents, slots, { slices: workSlices() });
  return read(await sink.toBytes(workSlices()));
}

describe.each(["new", "old"])("values that %s libraries leave in metadata", (name) => {
  const goldens = readGolden<ValuesGolden>(`pickle-values/${name}`);
  const { idTexts } = readGoldenFacts<{ idTexts: string[] }>(`pickle-values/${name}`);
  const newest = goldens.at(-1)!.views;

  it.each(goldens)("are read as Python reads them, and written again: protocol $protocol", async (golden) => {
    const expected = { ...newest, ...golden.views };
    const contents = await read(gunzipSync(fromBase64(golden.pickle)));
    for (const { documents } of [contents, await readAgain(contents)]) {
      const { metadata } = documents.documentAt(0);
      const seen = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, tagValue(value)]));
      expect(seen).toEqual(expected);
    }
  });

  it.each(goldens)("may be ids, which become texts: protocol $protocol", async ({ ids }) => {
    const contents = await read(gunzipSync(fromBase64(ids)));
    for (const { documents, positions } of [contents, await readAgain(contents)]) {
      const found = Array.from({ length: positions.length }, (_, i) => {
        const { id, pageContent } = documents.documentAt(positions.slotAt(i));
        return [id, pageContent];
      });
      expect(found).toEqual(idTexts.map((id, i) => [id, String(i)]));
    }
  });
});
