import type { ComponentJson } from "../json/component-json.js";
import { WHITESPACE } from "../unicode/generated/code-point-ranges.js";
import { markUnits } from "../unicode/mark-units.js";

/**
 * Takes a piece of pre-tokenised text.
 * @param prefixed whether the word starts with a "▁" that `piece` leaves out
 * @returns false when no more are wanted
 */
export type TakePiece = (piece: string, prefixed: boolean) => boolean;

/** Hands the pieces of a text on, one after the other. `first`: whether it is the start of the whole input. */
export type PreTokenize = (text: string, first: boolean, take: TakePiece) => void;

/** The one sign SentencePiece marks spaces with, and the only one that is known here. */
export const SPACE_SIGN = "▁";
/** [UTF-16 units] 1 for white space, all of which lies below U+10000. */
const IS_SPACE = new Uint8Array(0x10000);
markUnits(IS_SPACE, WHITESPACE, 1);

type PrependScheme = "always" | "first" | "never";

/**
 * Builds the pre-tokenizer of a SentencePiece tokenizer.json: Metaspace, alone or behind WhitespaceSplit.
 * @returns undefined for any other
 */
export function createMetaspace(json: ComponentJson | null): PreTokenize | undefined {
  const parts =
    json?.type === "Sequence" ? (json.pretokenizers as readonly ComponentJson[]) : json ? [json] : [];
  const metaspace = parts.at(-1);
  const splitsFirst = parts.length === 2 && parts[0]?.type === "WhitespaceSplit";
  if (metaspace?.type !== "Metaspace" || (parts.length > 1 && !splitsFirst)) return undefined;
  if ((metaspace.replacement ?? SPACE_SIGN) !== SPACE_SIGN) return undefined;
  const scheme = prependScheme(metaspace);
  const split = metaspace.split !== false;
  if (!splitsFirst) {
    return (text, first, take) => {
      const prefix = scheme === "always" || (scheme === "first" && first);
      takeMarked(text.replaceAll(" ", SPACE_SIGN), prefix, split, take);
    };
  }
  // "first" goes by offsets in the original text, which WhitespaceSplit blurs and nobody seems to combine.
  if (scheme === "first") return undefined;
  const prefix = scheme === "always";
  return (text, _first, take) => {
    const { length } = text;
    for (let start = 0; start < length; ) {
      let end = start;
      while (end < length && IS_SPACE[text.charCodeAt(end)] === 0) end++;
      if (end > start && !takeMarked(text.slice(start, end), prefix, split, take)) return;
      start = end + 1;
    }
  };
}

/** Hands on a text whose spaces are marked, each "▁" with what follows it. */
function takeMarked(text: string, prefix: boolean, split: boolean, take: TakePiece): boolean {
  if (text === "") return true;
  const prefixed = prefix && !text.startsWith(SPACE_SIGN);
  if (!split) return take(text, prefixed);
  let start = 0;
  for (let end = text.indexOf(SPACE_SIGN); ; end = text.indexOf(SPACE_SIGN, end + 1)) {
    if (end === 0) continue;
    const stop = end === -1 ? text.length : end;
    const marked = text.startsWith(SPACE_SIGN, start);
    if (!take(text.slice(marked ? start + 1 : start, stop), marked || (start === 0 && prefixed)))
      return false;
    if (end === -1) return true;
    start = end;
  }
}

export function prependScheme(json: ComponentJson): PrependScheme {
  // Older files say only add_prefix_space.
  return (
    (json.prepend_scheme as PrependScheme | undefined) ??
    (json.add_prefix_space === false ? "never" : "always")
  );
}
