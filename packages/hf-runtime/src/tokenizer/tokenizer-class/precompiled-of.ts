import type { ComponentJson } from "../json/component-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";

/** The first Precompiled normalizer of the file that has rules, alone or in a sequence. */
export function precompiledOf({ normalizer }: TokenizerJson): ComponentJson | undefined {
  const parts =
    normalizer?.type === "Sequence" ? (normalizer.normalizers as readonly ComponentJson[]) : [normalizer];
  return parts.find((part) => part?.type === "Precompiled" && part.precompiled_charsmap) ?? undefined;
}
