import { compilePattern } from "./compile-pattern.js";
import { LinearSearch } from "./linear-search.js";
import { NativeSearch } from "./native-search.js";
import { parsePattern } from "./parse-pattern.js";
import type { Program } from "./program.js";
import type { PatternSearch, TextPattern } from "./text-pattern.js";
import { WINDOW, WindowedSearch } from "./windowed-search.js";

export interface NativePatternTraits {
  readonly splitsWords: boolean;
  readonly leavesWords: boolean;
}

/** A pattern that V8 matches in linear time. */
export class NativePattern implements TextPattern {
  readonly splitsWords: boolean;
  readonly leavesWords: boolean;
  readonly regExp: RegExp | undefined;
  /** Made when first needed. */
  private program: Program | undefined;

  /**
   * @param native a RegExp with the flags "gu" that takes linear time
   * @param source the same pattern, with properties instead of ranges
   */
  constructor(
    private readonly native: RegExp,
    { splitsWords, leavesWords }: NativePatternTraits,
    private readonly source = native.source,
  ) {
    this.splitsWords = splitsWords;
    this.leavesWords = leavesWords;
    this.regExp = native.test("") ? undefined : native;
    native.lastIndex = 0;
  }

  search(text: string): PatternSearch {
    if (text.length <= WINDOW) return new NativeSearch(this.native, text);
    return new WindowedSearch(this.native, text, (from) => {
      this.program ??= compilePattern(parsePattern(this.source));
      return new LinearSearch(this.program, text, from);
    });
  }
}
