import type { ConfigJson } from "../../model-source/config-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { ArchitectureTokenizers } from "./architecture-tokenizers.js";

/** The class of tokenizers that consist only of a tokenizer.json. A model type with this class keeps it, whatever the repository names. */
const PLAIN_CLASS = "TokenizersBackend";

/** Model types whose repositories often name a wrong class, so that the class of the model type is used (MODELS_WITH_INCORRECT_HUB_TOKENIZER_CLASS). */
const OWN_CLASS = ["qwen2"];

/**
 * The class that transformers' AutoTokenizer uses for a repository: the one that its files name, otherwise that of its
 * model type.
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
