import { runSteps } from "../../steps/run-steps.js";
import type { Steps } from "../../steps/steps.js";
import { mergeSymbols } from "./merge-symbols.js";
import type { PairTable } from "./pair-table.js";

/** A vocabulary whose tokens are spelled like the text that they cover. */
export interface SpelledTokens {
  readonly ids: ReadonlyMap<string, number>;
  /** Distinct lengths of the tokens in UTF-16 units, in descending order. */
  readonly lengths: readonly number[];
  readonly table: PairTable;
  /** Id of the symbol of a UTF-16 unit, negative if there is none. */
  unitId(unit: number): number;
}

/** Units between two pauses. */
const STEP = 32;
/** Units between two checks of which tokens are settled. */
const LOOK = 512;
/** Real vocabularies have fewer lengths and shorter tokens. Beyond these limits, the search would take longer than merging. */
const MAX_LENGTHS = 128;
const MAX_LENGTH = 1024;
/** Maximum units that are searched per id needed. Beyond them, the whole word is merged instead. */
const MAX_UNITS_PER_ID = 64;

/**
 * The first tokens of a long word, without merging all of it. The text between two token bounds merges to the same tokens alone as
 * within the word. So the tokens of each prefix of the word are those of a shorter prefix and one more token, and only the last two
 * tokens decide whether these fit together. Once all prefixes that the word may continue share their first tokens, these are settled.
 * @returns undefined if they are not settled soon
 */
export function* firstTokens(
  word: string,
  enough: number,
  tokens: SpelledTokens,
): Steps<readonly number[] | undefined> {
  const { ids, lengths, table } = tokens;
  const [longest = 1] = lengths;
  const limit = Math.min(word.length, enough * MAX_UNITS_PER_ID);
  if (lengths.length > MAX_LENGTHS || longest > MAX_LENGTH || limit < LOOK) return undefined;
  const symbols = new Int32Array(limit);
  /** [limit + 1] for the prefix that ends here: its last token, the start of that token, and the number of tokens */
  const last = new Int32Array(limit + 1);
  const startOf = new Int32Array(limit + 1);
  const counts = new Int32Array(limit + 1);
  /** By the ids of two tokens: whether merging their text leaves these two. */
  const fitting = new Map<number, boolean>();

  const fits = (start: number, end: number, id: number): boolean => {
    const before = start === 0 ? -1 : last[start]!;
    const key = (before + 1) * 2 ** 26 + id;
    let known = fitting.get(key);
    if (known === undefined) {
      const from = start === 0 ? 0 : startOf[start]!;
      const part = symbols.slice(from, end);
      const left = runSteps(mergeSymbols(part, part.length, table));
      known = start === 0 ? left === 1 && part[0] === id : left === 2 && part[0] === before && part[1] === id;
      fitting.set(key, known);
    }
    return known;
  };

  for (let end = 1; end <= limit; end++) {
    if (end % STEP === 0) yield;
    const symbol = tokens.unitId(word.charCodeAt(end - 1));
    if (symbol < 0) return undefined;
    symbols[end - 1] = symbol;
    let isFound = false;
    for (let index = 0; index < lengths.length && !isFound; index++) {
      const start = end - lengths[index]!;
      if (start < 0) continue;
      const id = ids.get(word.slice(start, end));
      if (id === undefined || !fits(start, end, id)) continue;
      last[end] = id;
      startOf[end] = start;
      counts[end] = counts[start]! + 1;
      isFound = true;
    }
    if (!isFound) return undefined;
    if (end % LOOK !== 0 || counts[end]! < enough) continue;
    const settled = commonBound(startOf, end, longest);
    if (counts[settled]! >= enough) return idsUpTo(settled, last, startOf);
  }
  return limit === word.length ? idsUpTo(limit, last, startOf) : undefined;
}

/** The last token bound that all prefixes share which end in the `longest` units up to `end`. Any longer text continues one of these prefixes. */
function commonBound(startOf: Int32Array, end: number, longest: number): number {
  const open = new Set<number>();
  for (let at = Math.max(0, end - longest + 1); at <= end; at++) open.add(at);
  while (open.size > 1) {
    const latest = Math.max(...open);
    open.delete(latest);
    open.add(startOf[latest]!);
  }
  const [common = 0] = open;
  return common;
}

function idsUpTo(end: number, last: Int32Array, startOf: Int32Array): readonly number[] {
  const ids: number[] = [];
  for (let at = end; at > 0; at = startOf[at]!) ids.push(last[at]!);
  return ids.reverse();
}
