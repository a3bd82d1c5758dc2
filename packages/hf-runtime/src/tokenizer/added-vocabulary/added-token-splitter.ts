import type { AddedTokenJson } from "../json/added-token-json.js";
import { IS_SPACE } from "../unicode/is-space.js";
import { isWordCharacter } from "../unicode/is-word-character.js";
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

/** Matches that are skipped between two pauses. */
const PASSED_OVER = 4096;

/** Finds added tokens in a text: the leftmost first, and the longest if several start there, as `tokenizers`' Aho-Corasick does. */
export class AddedTokenSplitter {
  private readonly trie = new TokenTrie();

  /**
   * @param spell how a token is spelled in the texts to split: as it is, or normalized
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

  /** Whether a token covers the unit before a place or one of the two units after it. */
  isNear(text: string, at: number): boolean {
    return this.trie.touches(text, at - 1, at + 2);
  }

  /** The sections of a text in their order. */
  split(text: string): Iterable<Section> {
    const first = this.isEmpty ? undefined : this.trie.find(text, 0);
    if (first) return this.sectionsFrom(text, first);
    return text === "" ? [] : [text];
  }

  /** {@link split} of a long text, found one by one; undefined where the caller may pause. */
  *splitInSteps(text: string): Generator<Section | undefined, void, undefined> {
    for (const place of this.placeInSteps(text)) yield place && sectionOf(text, place);
  }

  /** {@link splitInSteps}, with places. */
  placeInSteps(text: string): Iterable<PlacedSection | undefined> {
    const first = this.isEmpty ? undefined : this.trie.find(text, 0);
    if (first) return this.placesFrom(text, first);
    return text === "" ? [] : [{ start: 0, end: text.length, id: undefined }];
  }

  private *sectionsFrom(text: string, first: FoundToken): Generator<Section, void, undefined> {
    for (const place of this.placesFrom(text, first)) if (place) yield sectionOf(text, place);
  }

  private *placesFrom(
    text: string,
    first: FoundToken,
  ): Generator<PlacedSection | undefined, void, undefined> {
    let done = 0;
    let passedOver = 0;
    /** End of the last run of spaces after a token: another token may be in the same run. */
    let spacesEnd = 0;
    for (let found: FoundToken | undefined = first; found; found = this.trie.find(text, found.end)) {
      const { token } = found;
      let { start, end } = found;
      const isText = this.splitsSpecial && token.special;
      if (isText || (token.single_word && isWithinWord(text, start, end))) {
        if (++passedOver % PASSED_OVER === 0) yield undefined;
        continue;
      }
      if (token.lstrip) {
        while (start > done && IS_SPACE[text.charCodeAt(start - 1)] === 1) start--;
        // An earlier token has taken the spaces, and this token with them.
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

function sectionOf(text: string, { start, end, id }: PlacedSection): Section {
  return id ?? text.slice(start, end);
}

/** Whether a letter or digit is next to a place. */
function isWithinWord(text: string, start: number, end: number): boolean {
  return isWordAt(text, startOfCharacterBefore(text, start)) || isWordAt(text, end);
}

function isWordAt(text: string, at: number): boolean {
  const codePoint = text.codePointAt(at);
  return codePoint !== undefined && isWordCharacter(codePoint);
}

/** Start of the character before a place; -1 at the start of the text. */
function startOfCharacterBefore(text: string, at: number): number {
  return at >= 2 && text.codePointAt(at - 2)! > 0xffff ? at - 2 : at - 1;
}
