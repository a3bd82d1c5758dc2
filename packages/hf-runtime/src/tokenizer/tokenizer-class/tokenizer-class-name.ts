import type { ConfigJson } from "../../model-source/config-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { ArchitectureTokenizers } from "./architecture-tokenizers.js";

/** The class of tokenizers that are no more than a tokenizer.json. It counts whatever a repository of its model type says. */
const PLAIN_CLASS = "TokenizersBackend";

/**
 * The class that transformers' AutoTokenizer takes for a repository: the one that its files name, else its model type's.
 * @returns the name without "Fast"; undefined if neither names one
 */
export function tokenizerClassName(
  tokenizerConfig: TokenizerConfigJson,
  config: ConfigJson,
  { classes, aliases }: Pick<ArchitectureTokenizers, "classes" | "aliases">,
): string | undefined {
  const named = (tokenizerConfig.tokenizer_class ?? config.tokenizer_class)?.replace(/Fast$/, "");
  const usual = classes.get(config.model_type ?? "");
  if (usual === PLAIN_CLASS || named === undefined) return usual;
  return aliases.get(named) ?? named;
}
