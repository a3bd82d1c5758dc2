import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type ByteKeys, buildDoubleArray } from "./build-double-array.js";
import { lookUp } from "./double-array-trie.js";

function keysOf(words: readonly string[]): ByteKeys {
  const encoded = words.map((word) => Buffer.from(word, "utf8"));
  const offsets = new Uint32Array(words.length + 1);
  for (const [index, bytes] of encoded.entries()) offsets[index + 1] = offsets[index]! + bytes.length;
  return { bytes: Buffer.concat(encoded), offsets };
}

function find(trie: ReturnType<typeof buildDoubleArray>, word: string): number {
  const bytes = Buffer.from(word, "utf8");
  return lookUp(trie, bytes, 0, bytes.length);
}

/** Many shared beginnings, and characters of one to four bytes. */
const word = fc.stringMatching(/^[abc▁é中🙂]{1,6}$/u);

describe("a double array", () => {
  it("finds every key with its number, the last of equal ones, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), fc.array(word, { maxLength: 50 }), (words, others) => {
        const trie = buildDoubleArray(keysOf(words));
        const expected = new Map(words.map((each, index) => [each, index]));
        for (const each of [...words, ...others]) expect(find(trie, each)).toBe(expected.get(each) ?? -1);
      }),
    );
  });

  it("holds nodes with a child for almost every byte, and grows beyond its first size", () => {
    const words = Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(1 + index));
    const trie = buildDoubleArray(keysOf(words));
    for (const [index, each] of words.entries()) {
      if (find(trie, each) !== index) throw new RangeError(`lost ${JSON.stringify(each)}`);
    }
    expect(find(trie, "\u{1f600}")).toBe(-1);
  });

  it("takes no zero byte of a text for a free slot", () => {
    expect(find(buildDoubleArray(keysOf(["a", "b"])), "\0")).toBe(-1);
    expect(find(buildDoubleArray(keysOf(["a", "ab"])), "a\0")).toBe(-1);
  });
});
