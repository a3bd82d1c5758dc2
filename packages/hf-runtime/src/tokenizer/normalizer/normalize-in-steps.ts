import type { Steps } from "../steps/steps.js";
import type { Normalizer } from "./normalizer.js";

/** UTF-16 units that are normalized at a time. */
const PART = 4096;

/** Normalizes a long text in steps, part by part where it can be cut. */
export function* normalizeInSteps(normalize: Normalizer, text: string): Steps<string> {
  const { canCut, inSteps } = normalize;
  let result = "";
  for (let start = 0; start < text.length; ) {
    const end = canCut ? partEnd(text, start, canCut) : text.length;
    const part = text.slice(start, end);
    result += inSteps && part.length > PART ? yield* inSteps(part) : normalize(part);
    yield;
    start = end;
  }
  return text === "" ? normalize("") : result;
}

/** End of the part that starts at a place: the last cut within the next {@link PART} units, or the first after them. */
function partEnd(text: string, start: number, canCut: (text: string, at: number) => boolean): number {
  const limit = start + PART;
  if (limit >= text.length) return text.length;
  for (let at = limit; at > start + PART / 2; at--) if (canCut(text, at)) return at;
  for (let at = limit + 1; at < text.length; at++) if (canCut(text, at)) return at;
  return text.length;
}
