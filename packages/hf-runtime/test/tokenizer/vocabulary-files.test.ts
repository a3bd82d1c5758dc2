import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { architectureTokenizers } from "../../src/graph/architectures/architecture-tokenizers.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { ProtobufWriter } from "../../src/protobuf/protobuf-writer.js";
import { loadTokenizer } from "../../src/tokenizer/load-tokenizer.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondpass-vocabulary-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(type: string, files: Readonly<Record<string, string | Uint8Array>>) {
  await writeFile(join(folder, "config.json"), JSON.stringify({ model_type: type }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return loadTokenizer(await resolveModel({ model: folder }), { architectures: architectureTokenizers });
}

function model(pieces: readonly (readonly [string, number])[], unknownId = 0): Uint8Array {
  const writer = new ProtobufWriter();
  for (const [piece, score] of pieces)
    writer.message(1, new ProtobufWriter().string(1, piece).float(2, score));
  return writer.message(2, new ProtobufWriter().int(40, unknownId)).finish();
}

const WHOLE = model([
  ["<unk>", 0],
  ["<s>", 0],
  ["</s>", 0],
  ["▁a", -1],
]);
const VOCAB = '{"<s>":0,"<pad>":1,"</s>":2,"<unk>":3,"a":4,"b":5,"ab":6,"<mask>":7}';

describe("a repository without tokenizer.json", () => {
  it("is read from the files of its class", async () => {
    const tokenizer = await load("xlm-roberta", { "sentencepiece.bpe.model": WHOLE });
    // <s> 0, <pad> 1, </s> 2, <unk> 3, then the pieces from the fourth on.
    expect([...tokenizer.encode("a").ids]).toEqual([0, 4, 2]);
  });

  it.each([
    [
      "roberta",
      { "vocab.json": VOCAB },
      /no tokenizer\.json or vocab\.json and merges\.txt, only vocab\.json\. /,
    ],
    ["xlm-roberta", { "spiece.model": WHOLE }, /or sentencepiece\.bpe\.model, only spiece\.model\. /],
    ["bert", {}, /or vocab\.txt, only other files\. .*save_pretrained/],
    ["gpt_neox", { "vocab.json": VOCAB }, /no tokenizer\.json, only vocab\.json/],
  ] as const)("of type %s throws if it has only %j", async (type, files, message) => {
    await expect(load(type, files)).rejects.toMatchObject({
      name: "UnsupportedTokenizerError",
      message: expect.stringMatching(message),
    });
  });

  it.each([
    [
      "merges.txt",
      { "vocab.json": VOCAB, "merges.txt": "#version: 0.2\na b\na b c\n" },
      /two tokens .*line 3/,
    ],
    ["merges.txt", { "vocab.json": VOCAB, "merges.txt": "a b\n\na b\n" }, /two tokens .*line 2/],
    ["vocab.json", { "vocab.json": '["a"]', "merges.txt": "" }, /the id of each token/],
    ["vocab.json", { "vocab.json": '{"a":-1}', "merges.txt": "" }, /a token's id/],
    ["vocab.json", { "vocab.json": '{"a":', "merges.txt": "" }, /JSON/],
    [
      "added_tokens.json",
      { "vocab.json": VOCAB, "merges.txt": "", "added_tokens.json": '{"x":"1"}' },
      /a token's id/,
    ],
    ["special_tokens_map.json", { "special_tokens_map.json": '{"sep_token":[]}' }, /"sep_token".*a token/],
    ["tokenizer_config.json", { "tokenizer_config.json": '{"added_tokens_decoder":{"7":1}}' }, /a token/],
    [
      "tokenizer_config.json",
      { "tokenizer_config.json": '{"extra_special_tokens":[1]}' },
      /list of tokens|a token/,
    ],
  ])("throws for a malformed %s: %j", async (path, files, message) => {
    await expect(load("roberta", files)).rejects.toMatchObject({
      name: "MalformedModelFileError",
      path,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ["a truncated one", WHOLE.subarray(0, WHOLE.length - 3)],
    ["an empty one", new Uint8Array()],
    ["something else", new TextEncoder().encode("<!doctype html>")],
    ["an unknown piece that is not a piece", model([["<unk>", 0]], 5)],
    ["a score that is not a number", model([["<unk>", Number.NaN]])],
  ])("throws for a SentencePiece model: %s", async (_, bytes) => {
    await expect(load("t5", { "spiece.model": bytes })).rejects.toMatchObject({
      name: "MalformedModelFileError",
      path: "spiece.model",
    });
  });

  it("throws if its files lack a token that its class puts around texts", async () => {
    const files = {
      "vocab.json": VOCAB,
      "merges.txt": "a b\n",
      "tokenizer_config.json": '{"sep_token":null}',
    };
    await expect(load("roberta", files)).rejects.toMatchObject({
      name: "UnsupportedTokenizerError",
      message: expect.stringContaining("sep_token"),
    });
  });
});
