import type { ComponentJson } from "../json/component-json.js";
import { type MetaspaceJson, prependScheme, SPACE_MARK } from "../pre-tokenizer/metaspace.js";
import { IS_SPACE } from "../unicode/is-space.js";

/**
 * A callback that receives a word.
 * @param prefixed whether the word starts with a "▁" that `word` leaves out
 * @returns false if no more words are needed
 */
export type TakeWord = (word: string, prefixed: boolean) => boolean;

/** Splits normalized texts into words. */
export interface SentencePieceWords {
  /**
   * Passes the words of a normalized text to `take`, one after the other.
   * @param isStart whether the text is the start of the whole input
   */
  take(text: string, isStart: boolean, take: TakeWord): void;
  /** [65,536] 1 for UTF-16 units that start a word or belong to none: the text may be cut before them. */
  readonly isEdge: Uint8Array;
}

/** [65,536] edges of a Metaspace that splits (IS_SPACE_MARK) and of one that does not (NOWHERE). */
const IS_SPACE_MARK = new Uint8Array(0x10000);
IS_SPACE_MARK[0x20] = 1;
IS_SPACE_MARK[SPACE_MARK.charCodeAt(0)] = 1;
const NOWHERE = new Uint8Array(0x10000);

/**
 * The words of a SentencePiece tokenizer.json: Metaspace, alone or after WhitespaceSplit.
 * @returns undefined for any other pre-tokenizer
 */
export function sentencePieceWords(json: ComponentJson | null): SentencePieceWords | undefined {
  const parts =
    json?.type === "Sequence" ? (json.pretokenizers as readonly ComponentJson[]) : json ? [json] : [];
  const metaspace = parts.at(-1) as MetaspaceJson | undefined;
  const splitsFirst = parts.length === 2 && parts[0]?.type === "WhitespaceSplit";
  if (metaspace?.type !== "Metaspace" || (parts.length > 1 && !splitsFirst)) return undefined;
  if ((metaspace.replacement ?? SPACE_MARK) !== SPACE_MARK) return undefined;
  const scheme = prependScheme(metaspace);
  const split = metaspace.split !== false;
  if (!splitsFirst) {
    const takeWords = (text: string, isStart: boolean, take: TakeWord) => {
      const prefix = scheme === "always" || (scheme === "first" && isStart);
      takeMarked(text.replaceAll(" ", SPACE_MARK), prefix, split, take);
    };
    return { take: takeWords, isEdge: split ? IS_SPACE_MARK : NOWHERE };
  }
  // "first" depends on offsets in the original text, which WhitespaceSplit blurs. No known tokenizer combines the two.
  if (scheme === "first") return undefined;
  const prefix = scheme === "always";
  const takeWords = (text: string, _isStart: boolean, take: TakeWord) => {
    const { length } = text;
    for (let start = 0; start < length; ) {
      let end = start;
      while (end < length && IS_SPACE[text.charCodeAt(end)] === 0) end++;
      if (end > start && !takeMarked(text.slice(start, end), prefix, split, take)) return;
      start = end + 1;
    }
  };
  return { take: takeWords, isEdge: IS_SPACE };
}

/** Passes on the words of a text whose spaces are marked: each "▁" with the text that follows it. */
function takeMarked(text: string, prefix: boolean, split: boolean, take: TakeWord): boolean {
  if (text === "") return true;
  const prefixed = prefix && !text.startsWith(SPACE_MARK);
  if (!split) return take(text, prefixed);
  let start = 0;
  for (let end = text.indexOf(SPACE_MARK); ; end = text.indexOf(SPACE_MARK, end + 1)) {
    if (end === 0) continue;
    const stop = end === -1 ? text.length : end;
    const marked = text.startsWith(SPACE_MARK, start);
    if (!take(text.slice(marked ? start + 1 : start, stop), marked || (start === 0 && prefixed)))
      return false;
    if (end === -1) return true;
    start = end;
  }
}
