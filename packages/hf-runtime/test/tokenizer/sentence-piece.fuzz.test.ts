import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { sentencePiece } from "../../src/tokenizer/sentence-piece.js";
import { sentencePieceMerges } from "../../src/tokenizer/sentence-piece-merges.js";

const { files } = JSON.parse(readFileSync(join(__dirname, "../goldens/tokenize/files.json"), "utf8")) as {
  readonly files: Readonly<Record<string, { readonly base64?: string }>>;
};
const models = Object.values(files).flatMap(({ base64 }) =>
  base64 === undefined ? [] : [Buffer.from(base64, "base64")],
);

const changed = fc
  .record({
    model: fc.constantFrom(...models),
    changes: fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), { maxLength: 4 }),
    length: fc.option(fc.nat()),
  })
  .map(({ model, changes, length }) => {
    const bytes = Uint8Array.from(model);
    for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
    return length === null ? bytes : bytes.subarray(0, length % bytes.length);
  });

fuzz({
  name: "hf-runtime: SentencePiece models",
  arbitrary: fc.oneof({ weight: 4, arbitrary: changed }, fc.uint8Array({ maxLength: 200 })),
  run: async (bytes) => {
    const { pieces, unknownId } = await sentencePiece("model", "spm.model", bytes);
    if (pieces[unknownId] === undefined) throw new Error("The unknown piece is not one of the pieces");
    await sentencePieceMerges(new Map(pieces.map(({ piece }, id) => [piece, id])));
  },
});
