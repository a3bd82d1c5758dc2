import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { TokenTrie } from "../../../src/tokenizer/added-vocabulary/token-trie.js";
import type { AddedTokenJson } from "../../../src/tokenizer/json/added-token-json.js";

const short = fc.string({ unit: fc.constantFrom("[", "<", "a", "b"), maxLength: 4 });
const texts = fc.string({ unit: fc.constantFrom("[", "<", "a", "b", " "), maxLength: 30 });

describe("TokenTrie", () => {
  it.each([
    ["of any units", short],
    ["that start with one unit", short.map((rest) => `[${rest}`)],
  ])("finds the first token, and the longest if several start there: tokens %s", (_title, spellings) => {
    const inputs = [fc.array(spellings, { maxLength: 5 }), texts, fc.nat(8)] as const;
    const law = fc.property(...inputs, (spelled, text, from) => {
      const trie = new TokenTrie();
      for (const content of spelled) trie.add(content, { content } as AddedTokenJson);
      const found = trie.find(text, from);
      expect(found && [found.start, found.token.content]).toEqual(firstLongest(spelled, text, from));
      if (found) expect(text.slice(found.start, found.end)).toBe(found.token.content);
    });
    fc.assert(law);
  });
});

function firstLongest(spelled: readonly string[], text: string, from: number) {
  const longestFirst = spelled.filter((one) => one !== "").sort((a, b) => b.length - a.length);
  for (let start = from; start < text.length; start++) {
    const spelling = longestFirst.find((one) => text.startsWith(one, start));
    if (spelling !== undefined) return [start, spelling];
  }
  return undefined;
}
