import type { Steps } from "../steps/steps.js";
import { cuts } from "./cuts.js";

/** UTF-16 units that are replaced at a time. */
const PIECE = 4096;

/** Applies `replace`, which must treat each character by itself, to a long text in steps. */
export function* replaceInPieces(text: string, replace: (piece: string) => string): Steps<string> {
  let result = "";
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + PIECE);
    if (!cuts.betweenCharacters(text, end)) end++;
    result += replace(text.slice(start, end));
    yield;
    start = end;
  }
  return result;
}
