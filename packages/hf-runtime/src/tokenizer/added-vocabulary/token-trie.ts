import type { AddedTokenJson } from "../json/added-token-json.js";

interface Node {
  readonly next: Map<number, Node>;
  token: AddedTokenJson | undefined;
}

/** An added token in a text: `end` is after its last UTF-16 unit. */
export interface FoundToken {
  readonly token: AddedTokenJson;
  readonly start: number;
  readonly end: number;
}

/** A trie of added tokens: searches a text for all of them in one pass. */
export class TokenTrie {
  private readonly root: Node = createNode();
  /** [65,536] 1 for the units that a token starts with */
  private readonly isFirst = new Uint8Array(0x10000);
  /** The unit that all tokens start with, if they share one, as BERT's do: `indexOf` finds it much faster than a loop. */
  private onlyFirst: string | undefined;
  /** Units of the longest token; 0 without tokens. */
  longest = 0;

  /** Adds a token. Of two with the same spelling, the first counts. */
  add(spelling: string, token: AddedTokenJson): void {
    if (spelling === "") return;
    let node = this.root;
    for (let at = 0; at < spelling.length; at++) {
      const unit = spelling.charCodeAt(at);
      let next = node.next.get(unit);
      if (!next) {
        next = createNode();
        node.next.set(unit, next);
      }
      node = next;
    }
    node.token ??= token;
    const first = spelling.charAt(0);
    this.onlyFirst = this.longest === 0 || this.onlyFirst === first ? first : undefined;
    this.isFirst[first.charCodeAt(0)] = 1;
    this.longest = Math.max(this.longest, spelling.length);
  }

  /** The first token from a place on; the longest if several start there. */
  find(text: string, from: number): FoundToken | undefined {
    for (let at = this.nextFirst(text, from); at !== -1; at = this.nextFirst(text, at + 1)) {
      const found = this.longestAt(text, at);
      if (found) return found;
    }
    return undefined;
  }

  /** Whether a token covers a unit from `start` to `end`, even one that `find` would pass over. */
  touches(text: string, start: number, end: number): boolean {
    for (let at = Math.max(0, start - this.longest + 1); at < end; at++) {
      if (this.isFirst[text.charCodeAt(at)] !== 1) continue;
      const found = this.longestAt(text, at);
      if (found && found.end > start) return true;
    }
    return false;
  }

  /** The next place from `from` on where a token may start; -1 if there is none. */
  private nextFirst(text: string, from: number): number {
    const { isFirst, onlyFirst } = this;
    if (onlyFirst !== undefined) return text.indexOf(onlyFirst, from);
    for (let at = from; at < text.length; at++) if (isFirst[text.charCodeAt(at)] === 1) return at;
    return -1;
  }

  private longestAt(text: string, start: number): FoundToken | undefined {
    let found: FoundToken | undefined;
    let node: Node | undefined = this.root;
    for (let at = start; at < text.length; ) {
      node = node.next.get(text.charCodeAt(at++));
      if (!node) break;
      if (node.token) found = { token: node.token, start, end: at };
    }
    return found;
  }
}

function createNode(): Node {
  return { next: new Map(), token: undefined };
}
