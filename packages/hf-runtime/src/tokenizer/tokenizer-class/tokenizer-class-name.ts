import type { ConfigJson } from "../../model-source/config-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { ArchitectureTokenizers } from "./architecture-tokenizers.js";

/** The class of tokenizers that are no more than a tokenizer.json. It counts whatever a repository of its model type says. */
const PLAIN_CLASS = "TokenizersBackend";

/** Model types whose repositories name a wrong class so often that their own counts (MODELS_WITH_INCORRECT_HUB_TOKENIZER_CLASS). */
const OWN_CLASS = ["qwen2"];

/**
 * The class that transformers' AutoTokenizer takes for a repository: the one that its files name, else its model type's.
 * @returns the name without "Fast"; undefined if neither names one
 */
export function tokenizerClassName(
  tokenizerConfig: TokenizerConfigJson,
  config: ConfigJson,
  { classes, aliases }: Pick<ArchitectureTokenizers, "classes" | "aliases">,
): string | undefined {
  const type = config.model_type ?? "";
  const named = (tokenizerConfig.tokenizer_class ?? config.tokenizer_class)?.replace(/Fast$/, "");
  const usual = classes.get(type);
  if (usual === PLAIN_CLASS || named === undefined || OWN_CLASS.includes(type)) return usual ?? named;
  return aliases.get(named) ?? named;
}
