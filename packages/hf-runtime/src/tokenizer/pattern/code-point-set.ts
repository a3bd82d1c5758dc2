import { characterRanges } from "./character-ranges.js";
import { fixProperties } from "./fix-properties.js";
import type { OneCharacter } from "./one-character.js";

const UNSEEN = 0;
const INSIDE = 1;
const OUTSIDE = 2;

/** The code points that a pattern of one character matches. */
export class CodePointSet {
  /** [65,536] by UTF-16 code unit; UNSEEN ones are looked up once */
  private readonly units = new Uint8Array(0x10000);
  private readonly beyond = new Map<number, boolean>();
  private readonly isInside: (codePoint: number) => boolean;

  constructor(part: OneCharacter) {
    const ranges = characterRanges(part);
    if (ranges) {
      this.units.fill(OUTSIDE);
      for (const [first, last] of ranges) {
        if (first < 0x10000) this.units.fill(INSIDE, first, Math.min(last, 0xffff) + 1);
      }
      this.isInside = (codePoint) => ranges.some(([first, last]) => first <= codePoint && codePoint <= last);
    } else {
      const regExp = new RegExp(`^(?:${fixProperties(part.raw)})$`, "u");
      this.isInside = (codePoint) => regExp.test(String.fromCodePoint(codePoint));
    }
  }

  has(codePoint: number): boolean {
    if (codePoint > 0xffff) return this.hasBeyond(codePoint);
    const known = this.units[codePoint]!;
    if (known !== UNSEEN) return known === INSIDE;
    const inside = this.isInside(codePoint);
    this.units[codePoint] = inside ? INSIDE : OUTSIDE;
    return inside;
  }

  private hasBeyond(codePoint: number): boolean {
    let inside = this.beyond.get(codePoint);
    if (inside === undefined) {
      inside = this.isInside(codePoint);
      this.beyond.set(codePoint, inside);
    }
    return inside;
  }
}
