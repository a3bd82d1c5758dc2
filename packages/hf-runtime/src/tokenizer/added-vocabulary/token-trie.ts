import type { AddedTokenJson } from "../json/added-token-json.js";

interface Node {
  readonly next: Map<number, Node>;
  token: AddedTokenJson | undefined;
}

/** An added token in a text: `end` is behind its last UTF-16 unit. */
export interface FoundToken {
  readonly token: AddedTokenJson;
  readonly start: number;
  readonly end: number;
}

/** Added tokens by their spelling, to look for all of them at once. */
export class TokenTrie {
  private readonly root: Node = createNode();
  /** [65,536] 1 for the units that a token starts with */
  private readonly isFirst = new Uint8Array(0x10000);
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
    this.isFirst[spelling.charCodeAt(0)] = 1;
    this.longest = Math.max(this.longest, spelling.length);
  }

  /** The first token from a place on, of several that start there the longest. */
  find(text: string, from: number, until = text.length): FoundToken | undefined {
    const { isFirst } = this;
    for (let at = from; at < until; at++) {
      if (isFirst[text.charCodeAt(at)] === 0) continue;
      const found = this.longestAt(text, at);
      if (found) return found;
    }
    return undefined;
  }

  /** Whether a token, found or not by `find`, has one of the units from `start` to `end`. */
  touches(text: string, start: number, end: number): boolean {
    for (let at = Math.max(0, start - this.longest + 1); at < end; at++) {
      if (this.isFirst[text.charCodeAt(at)] !== 1) continue;
      const found = this.longestAt(text, at);
      if (found && found.end > start) return true;
    }
    return false;
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
