import type { ComponentJson } from "../json/component-json.js";
import { literalPattern } from "../pattern/literal-pattern.js";
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
    return preTokenizer(split, json.split === false ? "unknown" : "splits");
  },
};

/** The scheme that a Metaspace has, in older files too. */
export function prependScheme(json: MetaspaceJson): PrependScheme {
  return json.prepend_scheme ?? (json.add_prefix_space === false ? "never" : "always");
}
