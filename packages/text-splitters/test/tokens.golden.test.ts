import { describe, expect, it } from "@jest/globals";
import { SentenceTransformersTokenTextSplitter, type TokenEncoder, TokenTextSplitter } from "../src/index.js";
import { PYTHON_SPACE } from "../src/python/python-space.js";
import { checkStart, type StartRelation, tally } from "./check-start.js";
import { parseChunks, readFixture, readGolden, sha256 } from "./golden.js";

interface Case {
  readonly text: string;
  readonly splitter: "token" | "sentence-transformers";
  readonly options: {
    readonly tokens: number;
    readonly chunkOverlap: number;
    readonly tokenizer: "bytes" | "words";
  };
  readonly chunks: string;
  readonly sha256: string;
}

/** The tokenizers of tools/oracle/text_splitters.py. */
function stubTokenizer(kind: "bytes" | "words", special: boolean): TokenEncoder {
  const words = ["[CLS]", "[SEP]"];
  const idOf = (word: string) => {
    if (!words.includes(word)) words.push(word);
    return words.indexOf(word);
  };
  return {
    encode(text) {
      const ids =
        kind === "bytes"
          ? [...Buffer.from(text)].map((byte) => byte + 2)
          : text
              .toLowerCase()
              .split(new RegExp(`[${PYTHON_SPACE}]+`))
              .filter(Boolean)
              .map(idOf);
      return special ? { ids: [0, ...ids, 1] } : ids;
    },
    decode: async (ids) =>
      kind === "bytes" ? Uint8Array.from(ids, (id) => id - 2) : ids.map((id) => words[id]).join(" "),
  };
}

describe("LangChain Python's chunks by tokens", () => {
  const { cases } = readGolden<Case[]>("tokens");
  const relations: StartRelation[] = [];

  it.each(
    cases.map((one) => [`${one.splitter} on ${one.text} with ${JSON.stringify(one.options)}`, one] as const),
  )("%s", async (_, { text, splitter, options: { tokens, chunkOverlap, tokenizer: kind }, ...expected }) => {
    const source = readFixture(text);
    const options = { chunkOverlap, addStartIndex: true };
    const instance =
      splitter === "token"
        ? new TokenTextSplitter({ ...options, chunkSize: tokens, tokenizer: stubTokenizer(kind, false) })
        : new SentenceTransformersTokenTextSplitter({
            ...options,
            tokensPerChunk: tokens,
            tokenizer: stubTokenizer(kind, true),
          });
    const documents = await instance.createDocuments([source]);
    expect(sha256(documents.map((document) => document.pageContent).join("\0"))).toBe(expected.sha256);
    const starts = parseChunks(expected.chunks);
    documents.forEach((document, i) => {
      relations.push(checkStart(source, document, starts[i]!.start));
    });
  });

  it("start where Python finds them, except for the known differences", () => {
    expect(tally(relations)).toEqual({ same: 8106, repeated: 22, missed: 6, coincidence: 0 });
  });
});
