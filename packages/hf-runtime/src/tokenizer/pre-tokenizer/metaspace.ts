import { AlignedBuilder } from "../alignment/aligned-builder.js";
import type { AlignedText } from "../alignment/aligned-text.js";
import type { ComponentJson } from "../json/component-json.js";
import { literalPattern } from "../pattern/literal-pattern.js";
import { locateWords } from "./align-words.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";
import { splitText } from "./split-text.js";

/** The fields of a Metaspace in tokenizer.json. */
export interface MetaspaceJson extends ComponentJson {
  /** @default "▁" */
  readonly replacement?: string;
  readonly prepend_scheme?: PrependScheme;
  /** Older files have it instead of `prepend_scheme`. */
  readonly add_prefix_space?: boolean;
  /** @default true */
  readonly split?: boolean;
}

/** Which texts get the mark in front: all, only the start of the input, or none. */
type PrependScheme = "always" | "first" | "never";

/** The mark that SentencePiece writes for a space. */
export const SPACE_MARK = "▁";

/** Spaces that are written between two pauses. */
const STEP = 512;

/** SentencePiece's pre-tokenizer: writes spaces as marks, and splits in front of each mark. */
export const metaspace: PreTokenizerKind<MetaspaceJson> = {
  type: "Metaspace",
  create(json) {
    const mark = json.replacement ?? SPACE_MARK;
    const scheme = prependScheme(json);
    const pattern = literalPattern(mark);
    const split = (text: string, isStart: boolean): Iterable<string> => {
      const marked = text.replaceAll(" ", mark);
      const prefix = scheme === "always" || (scheme === "first" && isStart);
      const whole = prefix && !marked.startsWith(mark) ? mark + marked : marked;
      return json.split === false ? [whole] : splitText(whole, pattern, "MergedWithNext");
    };
    const isPrefixed = (text: string, isStart: boolean): boolean =>
      (scheme === "always" || (scheme === "first" && isStart)) &&
      !text.startsWith(mark) &&
      !text.startsWith(" ");
    const align = function* (text: AlignedText, isStart: boolean): Generator<AlignedText, void, undefined> {
      const builder = new AlignedBuilder(text);
      if (isPrefixed(text.text, isStart)) builder.add(0, 0, mark);
      let done = 0;
      for (
        let at = text.text.indexOf(" "), spaces = 1;
        at >= 0;
        at = text.text.indexOf(" ", done), spaces++
      ) {
        if (spaces % STEP === 0) yield text.slice(0, 0);
        builder.copy(done, at);
        builder.add(at, at + 1, mark);
        done = at + 1;
      }
      builder.copy(done, text.text.length);
      yield* locateWords(split(text.text, isStart), builder.finish());
    };
    return preTokenizer(split, json.split === false ? "unknown" : "splits", align);
  },
};

/** The prepend scheme of a Metaspace, also in older files. */
export function prependScheme(json: MetaspaceJson): PrependScheme {
  return json.prepend_scheme ?? (json.add_prefix_space === false ? "never" : "always");
}
