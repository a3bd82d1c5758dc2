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
  /** Of older files, in place of `prepend_scheme`. */
  readonly add_prefix_space?: boolean;
  /** @default true */
  readonly split?: boolean;
}

/** Which texts get the sign in front: all, only the start of the input, or none. */
type PrependScheme = "always" | "first" | "never";

/** The sign that SentencePiece marks spaces with. */
export const SPACE_SIGN = "▁";

/** SentencePiece's: writes spaces as signs, and splits in front of each. */
export const metaspace: PreTokenizerKind<MetaspaceJson> = {
  type: "Metaspace",
  create(json) {
    const sign = json.replacement ?? SPACE_SIGN;
    const scheme = prependScheme(json);
    const pattern = literalPattern(sign);
    const split = (text: string, isStart: boolean): Iterable<string> => {
      const marked = text.replaceAll(" ", sign);
      const prefix = scheme === "always" || (scheme === "first" && isStart);
      const whole = prefix && !marked.startsWith(sign) ? sign + marked : marked;
      return json.split === false ? [whole] : splitText(whole, pattern, "MergedWithNext");
    };
    const align = (text: AlignedText, isStart: boolean): Iterable<AlignedText> => {
      const words = split(text.text, isStart);
      const builder = new AlignedBuilder(text);
      const isPrefixed =
        (scheme === "always" || (scheme === "first" && isStart)) &&
        !text.text.startsWith(sign) &&
        !text.text.startsWith(" ");
      if (isPrefixed) builder.add(0, 0, sign);
      for (let at = 0; at < text.text.length; at++) {
        if (text.text[at] === " ") builder.add(at, at + 1, sign);
        else builder.copy(at, at + 1);
      }
      return locateWords(words, builder.finish());
    };
    return preTokenizer(split, json.split === false ? "unknown" : "splits", align);
  },
};

/** The scheme that a Metaspace has, in older files too. */
export function prependScheme(json: MetaspaceJson): PrependScheme {
  return json.prepend_scheme ?? (json.add_prefix_space === false ? "never" : "always");
}
