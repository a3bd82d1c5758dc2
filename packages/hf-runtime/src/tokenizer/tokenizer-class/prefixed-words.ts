import type { ComponentJson } from "../json/component-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import { metaspaceJson } from "./metaspace-json.js";

/** SentencePiece's pre-tokenizer: words between white space, each with a "▁" in front unless the settings say otherwise. */
export function prefixedWords(config: TokenizerConfigJson): ComponentJson {
  const scheme = (config.add_prefix_space ?? true) ? "always" : "never";
  return { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspaceJson(scheme)] };
}
