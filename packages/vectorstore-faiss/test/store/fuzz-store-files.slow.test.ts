import { describe, expect, it } from "@jest/globals";
import { workSlices } from "@secondpass/core";
import { FaissError } from "@secondpass/faiss";
import { bytesSource } from "@secondpass/faiss/io";
import { slowLength } from "@secondpass/test-kit";
import { ContentsBuilder } from "../../src/persistence/contents-builder.js";
import { readDocstoreJson } from "../../src/persistence/json/read-docstore-json.js";
import { readDocstorePickle } from "../../src/persistence/pickle/read-docstore-pickle.js";
import { fromBase64, readGolden } from "../read-golden.js";
import { mutateBytes, seeded } from "./mutate-bytes.js";

/** FUZZ_MUTATIONS and FUZZ_SEED set another number and seed. */
const MUTATIONS = Number(process.env.FUZZ_MUTATIONS ?? slowLength({ short: 1500, full: 100_000 }));
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** No file here is longer than 10 KB; reading it must not take longer than this, even on a busy machine. */
const MAX_MS = 5000;

const [golden] = readGolden<{ pickles: { protocol: number | string; pickle: string }[] }>("pickles");

const JSON_FILE = Buffer.from(
  JSON.stringify([
    [
      ["a", { pageContent: "é 🍐 \ud800", metadata: { n: [1, { x: null }], "@": 1 } }],
      [
        "b",
        {
          pageContent: "",
          metadata: {},
          typedMetadata: {
            d: { "@": "datetime", v: ["2024-01-02T03:04:05.678", 3600, "Europe/Berlin", 1] },
            m: { "@": "dict", v: [[1, { "@": "set", v: ["x"] }]] },
            i: { "@": "int", v: "123456789012345678901234567890" },
            b: { "@": "bytes", v: "AP8K" },
          },
        },
      ],
    ],
    { 0: "a", 1: "b" },
  ]),
);

const read = {
  pickle: (bytes: Uint8Array, builder: ContentsBuilder) => readDocstorePickle(bytesSource(bytes), builder),
  json: (bytes: Uint8Array, builder: ContentsBuilder) =>
    readDocstoreJson(bytesSource(bytes), builder, { path: "docstore.json" }),
};

/** Reads a damaged file, including documents in both views. @returns whether it was still readable */
async function survives(kind: keyof typeof read, bytes: Uint8Array): Promise<boolean> {
  const builder = new ContentsBuilder();
  try {
    await read[kind](bytes, builder);
    const { documents, positions } = await builder.build(builder.length, workSlices());
    for (let position = 0; position < positions.length; position++) {
      documents.documentAt(positions.slotAt(position));
      documents.pythonMetadataAt(positions.slotAt(position));
    }
    return true;
  } catch (error) {
    if (FaissError.isInstance(error)) return false;
    throw error;
  }
}

describe("damaged document files", () => {
  const files = [
    ...golden!.pickles.map(
      ({ protocol, pickle }) => [`pickle of protocol ${protocol}`, "pickle", fromBase64(pickle)] as const,
    ),
    ["docstore.json", "json", Uint8Array.from(JSON_FILE)] as const,
  ];

  it.each(files)(
    "give documents or a typed error: %s",
    async (_title, kind, bytes) => {
      expect(await survives(kind, bytes)).toBe(true);
      const random = seeded(SEED * 1_000_003 + bytes.length);
      let readable = 0;
      const mutations = Math.ceil(MUTATIONS / files.length);
      for (let i = 0; i < mutations; i++) {
        const mutated = mutateBytes(bytes, random);
        const start = performance.now();
        try {
          if (await survives(kind, mutated)) readable++;
        } catch (error) {
          throw new Error(`mutation ${i}: ${Buffer.from(mutated).toString("base64")}`, { cause: error });
        }
        expect(performance.now() - start).toBeLessThan(MAX_MS);
      }
      // Some changes only touch text; most must be noticed.
      expect(readable).toBeLessThan(mutations);
    },
    3_600_000,
  );

  it("throw if they are cut at any byte", async () => {
    const bytes = fromBase64(golden!.pickles.at(-1)!.pickle);
    for (let length = 0; length < bytes.length; length += 7) {
      expect(await survives("pickle", bytes.subarray(0, length))).toBe(false);
    }
    for (let length = 0; length < JSON_FILE.length; length++) {
      expect(await survives("json", Uint8Array.from(JSON_FILE.subarray(0, length)))).toBe(false);
    }
  });

  it("use little memory even if they claim large lengths", async () => {
    const claims: number[][] = [
      [0x80, 4, 0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
      [0x80, 4, 0x42, 0xff, 0xff, 0xff, 0xff, 1, 2, 3],
      [0x80, 4, 0x96, 0, 0, 0, 0, 0, 0, 0, 1],
      [0x80, 4, 0x8b, 0xff, 0xff, 0xff, 0x7f, 1],
    ];
    for (const claim of claims) {
      const before = process.memoryUsage().arrayBuffers;
      expect(await survives("pickle", Uint8Array.from(claim))).toBe(false);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
    }
  });
});
