import type { AddedTokenJson } from "../json/added-token-json.js";
import { WORD } from "../unicode/generated/code-point-ranges.js";
import { IS_SPACE } from "../unicode/is-space.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { type FoundToken, TokenTrie } from "./token-trie.js";

/** A section of text between added tokens, or the id of one. */
export type Section = string | number;

/** A section and where it is in the text. */
export interface PlacedSection {
  readonly start: number;
  readonly end: number;
  /** Undefined for text between tokens. */
  readonly id: number | undefined;
}

/** Made when first needed: hundreds of ranges, which importing the package should not wait for. */
let wordCharacter: RegExp | undefined;

/** Finds added tokens in a text: the leftmost, of several there the longest, as `tokenizers`' Aho-Corasick does. */
export class AddedTokenSplitter {
  private readonly trie = new TokenTrie();

  /**
   * @param spell how a token is written in the texts to be split: as it is, or normalized
   * @param splitsSpecial whether special tokens are ordinary text
   */
  constructor(
    tokens: readonly AddedTokenJson[],
    spell: (content: string) => string = (content) => content,
    private readonly splitsSpecial = false,
  ) {
    for (const token of tokens) this.trie.add(spell(token.content), token);
  }

  get isEmpty(): boolean {
    return this.trie.longest === 0;
  }

  /** UTF-16 units of the longest token; 0 if there is none. */
  get longest(): number {
    return this.trie.longest;
  }

  /** Whether a token has a unit directly in front of a place, or one of the two behind it. */
  isNear(text: string, at: number): boolean {
    return this.trie.touches(text, at - 1, at + 2);
  }

  /** The sections of a text in their order; those of a long text are found as they are taken. */
  split(text: string): Iterable<Section> {
    const first = this.isEmpty ? undefined : this.trie.find(text, 0);
    if (first) return this.sectionsFrom(text, first);
    return text === "" ? [] : [text];
  }

  /** {@link split}, with places. */
  place(text: string): Iterable<PlacedSection> {
    const first = this.isEmpty ? undefined : this.trie.find(text, 0);
    if (first) return this.placesFrom(text, first);
    return text === "" ? [] : [{ start: 0, end: text.length, id: undefined }];
  }

  private *sectionsFrom(text: string, first: FoundToken): Generator<Section, void, undefined> {
    for (const { start, end, id } of this.placesFrom(text, first)) yield id ?? text.slice(start, end);
  }

  private *placesFrom(text: string, first: FoundToken): Generator<PlacedSection, void, undefined> {
    let done = 0;
    /** End of the last run of spaces behind a token: others may be in the same run. */
    let spacesEnd = 0;
    for (let found: FoundToken | undefined = first; found; found = this.trie.find(text, found.end)) {
      const { token } = found;
      let { start, end } = found;
      if (this.splitsSpecial && token.special) continue;
      if (token.single_word && isWithinWord(text, start, end)) continue;
      if (token.lstrip) {
        while (start > done && IS_SPACE[text.charCodeAt(start - 1)] === 1) start--;
        // A token before has taken the spaces, and this one with them.
        if (start < done) start = done;
      }
      if (token.rstrip) {
        end = Math.max(end, spacesEnd);
        while (end < text.length && IS_SPACE[text.charCodeAt(end)] === 1) end++;
        spacesEnd = end;
      }
      if (done < start) yield { start: done, end: start, id: undefined };
      if (start < end) yield { start, end, id: token.id };
      done = end;
    }
    if (done < text.length) yield { start: done, end: text.length, id: undefined };
  }
}

/** Whether a letter or digit is next to a place. */
function isWithinWord(text: string, start: number, end: number): boolean {
  return isWordCharacter(characterBefore(text, start)) || isWordCharacter(text.slice(end, end + 2));
}

/** @param text starts with the character, if there is one */
function isWordCharacter(text: string): boolean {
  wordCharacter ??= new RegExp(`^${rangesPattern(WORD)}`, "u");
  return wordCharacter.test(text);
}

function characterBefore(text: string, at: number): string {
  const pair = at >= 2 ? text.slice(at - 2, at) : "";
  return pair.length === 2 && pair.codePointAt(0)! > 0xffff ? pair : text.slice(Math.max(0, at - 1), at);
}
