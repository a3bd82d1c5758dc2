import { cutText } from "./cut-text.js";

/** Shortest part of a text that is worth showing, in UTF-16 units. */
const WORTH_SHOWING = 160;
/** Room for the sentence about what was left out. */
const RESERVE = 260;

/** A piece of an answer. */
export interface Piece {
  /** A line that names it. */
  readonly head: string;
  /** Its text; may be cut. */
  readonly body: string;
  /** Its name in the list of pieces that were left out. */
  readonly reference: string;
}

export interface Packing {
  /** Text before the pieces. */
  readonly intro: string;
  readonly pieces: readonly Piece[];
  /** Maximum length of the answer, in UTF-16 units. */
  readonly maxCharacters: number;
  /** Says how to get the pieces that were left out. @param count of these pieces @param references of these pieces, as far as there is room */
  readonly advice: (count: number, references: string) => string;
}

/** An answer that fits. */
export interface Packed {
  /** At most `maxCharacters`. */
  readonly text: string;
  /** The shown part of each piece's body; pieces after these were left out. */
  readonly bodies: readonly string[];
}

/** Puts as many pieces into an answer as fit, best first. The first that does not fit is cut; the rest are only named. */
export function packedAnswer({ intro, pieces, maxCharacters, advice }: Packing): Packed {
  const parts = [cutText(intro, maxCharacters / 2)];
  const bodies: string[] = [];
  let room = maxCharacters - parts[0]!.length;
  for (const [i, { head, body }] of pieces.entries()) {
    const whole = `\n\n${head}\n${body}`;
    // The last piece needs no room for a list of left-out pieces.
    const reserve = i === pieces.length - 1 ? 0 : RESERVE;
    if (whole.length <= room - reserve) {
      parts.push(whole);
      bodies.push(body);
      room -= whole.length;
      continue;
    }
    const mark = " […]";
    const bodyRoom = room - RESERVE - mark.length - head.length - 3;
    if (bodyRoom >= WORTH_SHOWING) {
      const cut = cutText(body, bodyRoom).trimEnd();
      parts.push(`\n\n${head}\n${cut}${mark}`);
      bodies.push(cut);
      room -= cut.length + mark.length + head.length + 3;
    }
    break;
  }
  const cut = pieces.filter((_, i) => bodies[i] !== pieces[i]!.body);
  if (cut.length > 0) parts.push(tailOf(cut, room, advice));
  return { text: cutText(parts.join(""), maxCharacters), bodies };
}

function tailOf(cut: readonly Piece[], room: number, advice: Packing["advice"]): string {
  let named = 0;
  let tail = `\n\n${advice(cut.length, "")}`;
  while (named < cut.length) {
    named++;
    const references = cut.slice(0, named).map(({ reference }) => reference);
    const longer = `\n\n${advice(cut.length, `: ${references.join(", ")}${named < cut.length ? ", …" : ""}`)}`;
    if (longer.length > room) break;
    tail = longer;
  }
  return tail;
}
