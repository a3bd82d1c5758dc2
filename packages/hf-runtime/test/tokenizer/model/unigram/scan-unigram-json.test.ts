import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { scanUnigramJson } from "../../../../src/tokenizer/model/unigram/scan-unigram-json.js";

const piece = fc.tuple(fc.string({ unit: "binary" }), fc.double({ noNaN: true, noDefaultInfinity: true }));

describe("scanUnigramJson", () => {
  it("reads the same as JSON.parse, with any spacing and escapes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 1 }),
        fc.constantFrom(undefined, 1, "\t"),
        async (vocab, space) => {
          const json = { version: "1.0", model: { type: "Unigram", unk_id: 0, vocab, byte_fallback: false } };
          const scanned = await scanUnigramJson(Buffer.from(JSON.stringify(json, undefined, space)));
          const { bytes, offsets } = scanned!.vocabulary.keys;
          const pieces = vocab.map((_, index) =>
            Buffer.from(bytes.slice(offsets[index], offsets[index + 1])).toString(),
          );
          expect(pieces).toEqual(vocab.map(([text]) => text));
          expect([...scanned!.vocabulary.scores]).toEqual(
            vocab.map(([, score]) => (score === 0 ? 0 : score)),
          );
          expect(scanned!.json).toEqual({ ...json, model: { ...json.model, vocab: [] } });
        },
      ),
    );
  });

  it.each([
    ["a vocabulary by token", '{"model":{"vocab":{"a":1}}}'],
    ["an empty vocabulary", '{"model":{"vocab":[]}}'],
    ["another vocabulary than the model's", '{"x":{"vocab":[["a",0]]},"model":{"vocab":[["b",0]]}}'],
    ["a file without a vocabulary", '{"model":{}}'],
    ["a file cut short", '{"model":{"vocab":[["a",-1.5],["b'],
    ["a score that is not a number", '{"model":{"vocab":[["a",x]]}}'],
    ["invalid JSON after the vocabulary", '{"model":{"vocab":[["a",0]]'],
  ])("leaves %s to JSON.parse", async (_name, text) => {
    expect(await scanUnigramJson(Buffer.from(text))).toBeUndefined();
  });
});
