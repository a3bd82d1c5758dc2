import { caseRelatives } from "./case-relatives.js";

/** Character class of an escape such as `\d`: the inside of its class, and of the class of all other characters. */
export interface EscapedClass {
  readonly inside: string;
  readonly opposite: string;
}

/** A set of characters, which becomes a character class for JavaScript's `u` flag. */
export class CharacterSet {
  readonly #ranges: [low: number, high: number][] = [];
  /** Escaped classes, in which case makes no difference, as in Python. */
  readonly #classes: EscapedClass[] = [];
  /** JavaScript's `\p{…}`. */
  #properties = "";

  /** Adds a range of code points, both ends included. */
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
   * Writes the class that matches the members, or all other characters. If case is ignored, letters that Python's `re` treats as equal
   * are members too, because RegExp's own `i` flag follows other rules.
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

  /** Ranges of the letters that are not members but have a relative that is one. */
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

/** Writes an escaped class alone, by the shorter of its two sides, which V8 compiles in a fraction of the time. */
export function classSource({ inside, opposite }: EscapedClass, negated = false): string {
  if (inside.length <= opposite.length) return `[${negated ? "^" : ""}${inside}]`;
  return `[${negated ? "" : "^"}${opposite}]`;
}

/** Writes a character as `\u{…}`, so that it is never read as syntax. */
export function codePointSource(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`;
}
