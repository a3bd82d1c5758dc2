import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { TextLoader } from "../src/index.js";

const golden = JSON.parse(readFileSync(join(__dirname, "goldens/encodings.json"), "utf8")) as {
  readonly cases: readonly { readonly bytes: string }[];
};
/** Texts in all encodings, repeated, with some bytes changed. */
const texts = fc
  .tuple(
    fc.constantFrom(...golden.cases.map(({ bytes }) => Buffer.from(bytes, "base64"))),
    fc.integer({ min: 1, max: 60 }),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
  )
  .map(([text, times, changes]) => {
    const bytes = Buffer.concat(Array.from({ length: times }, () => text));
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return bytes;
  });
const words = fc.string({ unit: "binary", maxLength: 400 }).map((text) => Buffer.from(text));

fuzz({
  name: "document-loaders: bytes of a file",
  shortRuns: 15,
  arbitrary: fc.oneof(texts, fc.uint8Array({ maxLength: 600 }), words),
  run: async (bytes) => {
    const [document] = await new TextLoader(new Blob([bytes]), { autodetectEncoding: true }).load();
    if (typeof document?.pageContent !== "string") throw new Error("Expected a text");
  },
});
