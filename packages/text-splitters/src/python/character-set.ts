import { caseRelatives } from "./case-relatives.js";

/** A class that an escape means: the insides of the class of its characters and of the class of all others. */
export interface EscapedClass {
  readonly inside: string;
  readonly opposite: string;
}

/** The members of a class, which become a class of JavaScript's `u` flag. */
export class CharacterSet {
  readonly #ranges: [low: number, high: number][] = [];
  /** Case makes no difference to them, as Python has it. */
  readonly #classes: EscapedClass[] = [];
  /** JavaScript's `\p{…}`. */
  #properties = "";

  /** Code points, both included. */
  addRange(low: number, high: number): void {
    this.#ranges.push([low, high]);
  }

  addClass(escaped: EscapedClass): void {
    this.#classes.push(escaped);
  }

  addProperty(property: string): void {
    this.#properties += property;
  }

  /**
   * The class that matches the members, or all other characters. If case is ignored, the letters that Python's `re` takes for the same
   * are members too: RegExp's own `i` flag follows other rules.
   */
  source(
    { ignoreCase, ascii }: { readonly ignoreCase: boolean; readonly ascii: boolean },
    negated = false,
  ): string {
    const [only, ...others] = this.#classes;
    if (only !== undefined && others.length === 0 && this.#ranges.length === 0 && this.#properties === "") {
      return classSource(only, negated);
    }
    const ranges = ignoreCase ? [...this.#ranges, ...this.#relatives(ascii)] : this.#ranges;
    const inside = ranges.map(([low, high]) =>
      low === high ? codePointSource(low) : `${codePointSource(low)}-${codePointSource(high)}`,
    );
    const classes = this.#classes.map((escaped) => escaped.inside);
    return `[${negated ? "^" : ""}${inside.join("")}${classes.join("")}${this.#properties}]`;
  }

  /** Letters that are no members and have a relative that is one, as ranges. */
  #relatives(ascii: boolean): [number, number][] {
    const relatives = caseRelatives(ascii);
    const isMember = this.#membership();
    const ranges: [number, number][] = [];
    for (const [codePoint, family] of relatives) {
      if (isMember(codePoint) || !family.some(isMember)) continue;
      const last = ranges.at(-1);
      if (last?.[1] === codePoint - 1) last[1] = codePoint;
      else ranges.push([codePoint, codePoint]);
    }
    return ranges;
  }

  #membership(): (codePoint: number) => boolean {
    const inRanges = (codePoint: number) =>
      this.#ranges.some(([low, high]) => low <= codePoint && codePoint <= high);
    if (this.#properties === "") return inRanges;
    const properties = new RegExp(`[${this.#properties}]`, "u");
    return (codePoint) => inRanges(codePoint) || properties.test(String.fromCodePoint(codePoint));
  }
}

/** An escaped class alone, by the shorter of its two sides: V8 compiles it in a fraction of the time. */
export function classSource({ inside, opposite }: EscapedClass, negated = false): string {
  if (inside.length <= opposite.length) return `[${negated ? "^" : ""}${inside}]`;
  return `[${negated ? "" : "^"}${opposite}]`;
}

/** `\u{…}`: a character that is never taken for syntax. */
export function codePointSource(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`;
}
