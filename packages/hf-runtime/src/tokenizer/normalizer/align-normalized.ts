import { AlignedBuilder } from "../alignment/aligned-builder.js";
import { type AlignedText, characterEnd } from "../alignment/aligned-text.js";
import type { Steps } from "../steps/steps.js";
import type { NormalizedPiece, Normalizer } from "./normalizer.js";

/** UTF-16 units that are normalized together to see whether they change at all. */
const PART = 64;

/** Normalizes a text in steps and tracks where each character comes from. */
export function* alignNormalized(normalize: Normalizer, text: AlignedText): Steps<AlignedText> {
  if (normalize.parts) {
    let result = text;
    for (const part of normalize.parts) result = yield* alignNormalized(part, result);
    return result;
  }
  const builder = new AlignedBuilder(text);
  if (normalize.pieces) {
    for (const piece of normalize.pieces(text.text)) {
      addPiece(builder, piece);
      yield;
    }
  } else if (normalize.canCut) {
    yield* alignParts(builder, normalize, normalize.canCut, text.text);
  } else {
    for (const piece of wholeText(text.text, normalize(text.text))) addPiece(builder, piece);
    yield;
  }
  return builder.finish();
}

function addPiece(builder: AlignedBuilder, { start, end, written, origin }: NormalizedPiece): void {
  if (written === undefined) builder.copy(start, end);
  else builder.add(start, end, written, origin);
}

function* alignParts(
  builder: AlignedBuilder,
  normalize: Normalizer,
  canCut: (text: string, at: number) => boolean,
  text: string,
): Steps<void> {
  for (let start = 0; start < text.length; ) {
    const end = cutAfter(text, Math.min(text.length, start + PART), canCut);
    const part = text.slice(start, end);
    if (normalize(part) === part) builder.copy(start, end);
    else {
      for (let from = start; from < end; ) {
        const to = cutAfter(text, characterEnd(text, from), canCut);
        alignPiece(builder, normalize, text, from, to);
        from = to;
      }
    }
    start = end;
    yield;
  }
}

/** Aligns a piece character by character if that gives the same text, otherwise as a whole. */
function alignPiece(
  builder: AlignedBuilder,
  normalize: Normalizer,
  text: string,
  from: number,
  to: number,
): void {
  const piece = text.slice(from, to);
  const written = normalize(piece);
  if (written === piece) {
    builder.copy(from, to);
    return;
  }
  const characters = [...piece];
  const each = characters.map((character) => normalize(character));
  if (each.join("") !== written) {
    builder.add(from, to, written);
    return;
  }
  let start = from;
  for (const [i, character] of characters.entries()) {
    builder.add(start, start + character.length, each[i]!);
    start += character.length;
  }
}

/** The first cut from a place on. */
function cutAfter(text: string, from: number, canCut: (text: string, at: number) => boolean): number {
  let at = from;
  while (at < text.length && !canCut(text, at)) at++;
  return at;
}

/** The start and the end that two texts share, and the piece between them. */
function wholeText(text: string, written: string): NormalizedPiece[] {
  const most = Math.min(text.length, written.length);
  let before = 0;
  while (before < most && text[before] === written[before]) before++;
  let after = 0;
  while (after < most - before && text.at(-1 - after) === written.at(-1 - after)) after++;
  const end = text.length - after;
  return [
    { start: 0, end: before },
    { start: before, end, written: written.slice(before, written.length - after) },
    { start: end, end: text.length },
  ];
}
