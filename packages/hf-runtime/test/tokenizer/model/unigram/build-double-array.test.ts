import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type ByteKeys,
  buildDoubleArray,
} from "../../../../src/tokenizer/model/unigram/build-double-array.js";
import { type DoubleArrayTrie, lookUp } from "../../../../src/tokenizer/model/unigram/double-array-trie.js";

function keysOf(words: readonly string[]): ByteKeys {
  const encoded = words.map((word) => Buffer.from(word, "utf8"));
  const offsets = new Uint32Array(words.length + 1);
  for (const [index, bytes] of encoded.entries()) offsets[index + 1] = offsets[index]! + bytes.length;
  return { bytes: Buffer.concat(encoded), offsets };
}

function find(trie: DoubleArrayTrie, word: string): number {
  const bytes = Buffer.from(word, "utf8");
  return lookUp(trie, bytes, 0, bytes.length);
}

/** Words with many shared prefixes, and characters of one to four bytes. */
const word = fc.stringMatching(/^[abc▁é中🙂]{1,6}$/u);

describe("a double array", () => {
  it("finds every key with its index (the last of equal keys), and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { maxLength: 200 }),
        fc.array(word, { maxLength: 50 }),
        async (words, others) => {
          const trie = await buildDoubleArray(keysOf(words));
          const expected = new Map(words.map((each, index) => [each, index]));
          for (const each of [...words, ...others]) expect(find(trie, each)).toBe(expected.get(each) ?? -1);
        },
      ),
    );
  });

  it("holds nodes with a child for almost every byte, and grows beyond its first size", async () => {
    const words = Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(1 + index));
    const trie = await buildDoubleArray(keysOf(words));
    for (const [index, each] of words.entries()) {
      if (find(trie, each) !== index) throw new RangeError(`lost ${JSON.stringify(each)}`);
    }
    expect(find(trie, "\u{1f600}")).toBe(-1);
  });

  it("finds every key if few share a prefix, so that slots for all bytes are needed", async () => {
    const tail = fc.stringMatching(/^[က-႟]{8,20}$/u);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(tail, { minLength: 30, maxLength: 120 }), async (words) => {
        const trie = await buildDoubleArray(keysOf(words));
        expect(words.map((each) => find(trie, each))).toEqual(words.map((_, index) => index));
      }),
      { numRuns: 30 },
    );
  });

  it("does not mistake a zero byte of a text for a free slot", async () => {
    expect(find(await buildDoubleArray(keysOf(["a", "b"])), "\0")).toBe(-1);
    expect(find(await buildDoubleArray(keysOf(["a", "ab"])), "a\0")).toBe(-1);
  });

  it("lets timers run while it is built", async () => {
    const words = Array.from({ length: 60_000 }, (_, index) => `${(index * 7919) % 60_000} ${index}`);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await buildDoubleArray(keysOf(words));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });
});
