import type { Program } from "./program.js";
import { SearchStates } from "./search-states.js";
import type { PatternSearch } from "./text-pattern.js";

/** Instructions between two pauses: some tenths of a millisecond. */
const STEP = 2000;

type Found = "found" | "paused";

/** A way that is left to try: an instruction at a position or, after a run, at each position from there down to `lowest`. */
interface Untried {
  /** Index of the instruction. */
  readonly index: number;
  at: number;
  readonly lowest: number;
}

/** A step of a way through a lookaround, with the step before it. If the way matches, all its steps are recorded. */
interface Way {
  /** Index of the instruction. */
  readonly index: number;
  readonly at: number;
  readonly before: Way | undefined;
}

/**
 * Searches by backtracking, but tries nothing twice: an instruction that failed at a position fails there again, whatever the
 * start of the match. So the whole text takes at most one visit of each instruction at each position.
 */
export class LinearSearch implements PatternSearch {
  start = 0;
  end = 0;
  private readonly visited: SearchStates;
  /** States inside lookaheads and lookbehinds that lead to a match. */
  private readonly matched: SearchStates;
  private readonly found: Generator<Found, void, undefined>;
  private steps = 0;

  /** @param from start of the search; only lookbehinds see the text before it */
  constructor(
    private readonly program: Program,
    private readonly text: string,
    from = 0,
  ) {
    this.visited = new SearchStates(program.code.length);
    this.matched = new SearchStates(program.code.length);
    this.found = this.search(from);
  }

  next(): Found | "done" {
    const { done, value } = this.found.next();
    return done ? "done" : value;
  }

  private *search(first: number): Generator<Found, void, undefined> {
    const { text, visited, matched } = this;
    const { code, start, looksBehind } = this.program;
    const untried: Untried[] = [];
    let lastEnd = -1;
    for (let from = first; from <= text.length; ) {
      if (!looksBehind) {
        visited.forgetBefore(from);
        matched.forgetBefore(from);
      }
      let found = -1;
      untried.length = 0;
      untried.push({ index: start, at: from, lowest: from });
      for (let top = untried.at(-1); top && found < 0; top = untried.at(-1)) {
        let { index, at } = top;
        if (at > top.lowest) top.at -= isLowSurrogateOfPair(text, at - 1) ? 2 : 1;
        else untried.pop();
        while (visited.add(index, at)) {
          if (this.isDue()) yield "paused";
          const instruction = code[index]!;
          if (instruction.type === "match") {
            found = at;
            break;
          }
          if (instruction.type === "split") {
            untried.push({ index: instruction.other, at, lowest: at });
          } else if (instruction.type === "set") {
            const codePoint = text.codePointAt(at);
            if (codePoint === undefined || !instruction.set.has(codePoint)) break;
            at += codePoint > 0xffff ? 2 : 1;
          } else if (instruction.type === "run") {
            const lowest = at;
            for (;;) {
              if (this.isDue()) yield "paused";
              const codePoint = text.codePointAt(at);
              if (codePoint === undefined || !instruction.set.has(codePoint)) break;
              const after = at + (codePoint > 0xffff ? 2 : 1);
              // The rest of the run has been tried.
              if (!visited.add(index, after)) break;
              at = after;
            }
            untried.push({ index: instruction.next, at, lowest });
            break;
          } else if ((yield* this.look(instruction.body, at)) === instruction.negated) break;
          index = instruction.next;
        }
      }
      if (found < 0) {
        from += characterLength(text, from);
        continue;
      }
      // Some instructions that were visited here have matched.
      visited.forgetAt(found);
      const isEmpty = found === from;
      // As in Oniguruma's iterator, an empty match that touches the match before does not count.
      const counts = !isEmpty || found !== lastEnd;
      this.start = from;
      this.end = found;
      lastEnd = found;
      from = isEmpty ? found + characterLength(text, found) : found;
      if (counts) yield "found";
    }
  }

  /** Whether the body of a lookahead or lookbehind matches at a position. */
  private *look(body: number, from: number): Generator<Found, boolean, undefined> {
    const { text, visited, matched } = this;
    const { code } = this.program;
    if (visited.has(body, from)) return matched.has(body, from);
    const ways: Way[] = [{ index: body, at: from, before: undefined }];
    let end: Way | undefined;
    for (let way = ways.pop(); way && !end; way = ways.pop()) {
      if (this.isDue()) yield "paused";
      const { index, at } = way;
      if (matched.has(index, at)) {
        end = way;
        break;
      }
      if (!visited.add(index, at)) continue;
      const instruction = code[index]!;
      if (instruction.type === "match") end = way;
      else if (instruction.type === "split") {
        ways.push({ index: instruction.other, at, before: way });
        ways.push({ index: instruction.next, at, before: way });
      } else if (instruction.type === "look") {
        if ((yield* this.look(instruction.body, at)) !== instruction.negated) {
          ways.push({ index: instruction.next, at, before: way });
        }
      } else if (instruction.type === "set") {
        const codePoint = instruction.backwards ? codePointBefore(text, at) : text.codePointAt(at);
        if (codePoint === undefined || !instruction.set.has(codePoint)) continue;
        const length = codePoint > 0xffff ? 2 : 1;
        ways.push({
          index: instruction.next,
          at: instruction.backwards ? at - length : at + length,
          before: way,
        });
      } else {
        const codePoint = text.codePointAt(at);
        ways.push({ index: instruction.next, at, before: way });
        if (codePoint !== undefined && instruction.set.has(codePoint)) {
          ways.push({ index, at: at + (codePoint > 0xffff ? 2 : 1), before: way });
        }
      }
    }
    for (let way = end; way; way = way.before) {
      if (this.isDue()) yield "paused";
      matched.add(way.index, way.at);
    }
    return end !== undefined;
  }

  private isDue(): boolean {
    return ++this.steps % STEP === 0;
  }
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function isLowSurrogateOfPair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

function codePointBefore(text: string, at: number): number | undefined {
  if (at <= 0) return undefined;
  return isLowSurrogateOfPair(text, at - 1) ? text.codePointAt(at - 2) : text.charCodeAt(at - 1);
}
