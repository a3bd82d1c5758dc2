import type { AddedTokenJson } from "../json/added-token-json.js";
import { escapeRegExp } from "../pattern/escape-reg-exp.js";
import { WHITESPACE, WORD } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";

/** A section of text between added tokens, or the id of one. */
export type Section = string | number;

const SPACE = rangesPattern(WHITESPACE);
const LEADING_SPACE = new RegExp(`^${SPACE}+`, "u");
const TRAILING_SPACE = new RegExp(`${SPACE}+$`, "u");

/** Made when first needed: hundreds of ranges each, which importing the package should not wait for. */
let wordEdges: { readonly start: RegExp; readonly end: RegExp } | undefined;

/** Finds added tokens in a text: the leftmost, of several there the longest, as `tokenizers`' Aho-Corasick does. */
export class AddedTokenSplitter {
  private readonly pattern: RegExp | undefined;
  private readonly byContent = new Map<string, AddedTokenJson>();

  /** @param spell how a token is written in the texts to be split: as it is, or normalized */
  constructor(tokens: readonly AddedTokenJson[], spell: (content: string) => string = (content) => content) {
    for (const token of tokens) {
      const content = spell(token.content);
      // Of two with the same spelling, the first counts.
      if (content !== "" && !this.byContent.has(content)) this.byContent.set(content, token);
    }
    const longestFirst = [...this.byContent.keys()].sort((a, b) => b.length - a.length);
    if (longestFirst.length > 0) this.pattern = new RegExp(longestFirst.map(escapeRegExp).join("|"), "g");
  }

  get isEmpty(): boolean {
    return this.pattern === undefined;
  }

  split(text: string): readonly Section[] {
    if (!this.pattern) return text === "" ? [] : [text];
    const sections: Section[] = [];
    let done = 0;
    for (const match of text.matchAll(this.pattern)) {
      const token = this.byContent.get(match[0])!;
      let start = match.index;
      let end = start + match[0].length;
      if (token.single_word && isWithinWord(text, start, end)) continue;
      if (token.lstrip) start -= TRAILING_SPACE.exec(text.slice(0, start))?.[0].length ?? 0;
      if (token.rstrip) end += LEADING_SPACE.exec(text.slice(end))?.[0].length ?? 0;
      start = Math.max(start, done); // A token before may have taken the spaces.
      if (done < start) sections.push(text.slice(done, start));
      sections.push(token.id);
      done = end;
    }
    if (done < text.length) sections.push(text.slice(done));
    return sections;
  }
}

/** Whether a letter or digit is next to a place. */
function isWithinWord(text: string, start: number, end: number): boolean {
  wordEdges ??= {
    start: new RegExp(`^${rangesPattern(WORD)}`, "u"),
    end: new RegExp(`${rangesPattern(WORD)}$`, "u"),
  };
  return wordEdges.end.test(text.slice(0, start)) || wordEdges.start.test(text.slice(end));
}
