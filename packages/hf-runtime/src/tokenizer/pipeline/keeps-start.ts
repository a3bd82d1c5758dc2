import type { ComponentJson } from "../json/component-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import { createNormalizer } from "../normalizer/create-normalizer.js";
import { precompiled } from "../normalizer/precompiled.js";
import { prefixesStart } from "../pre-tokenizer/prefixes-start.js";

/**
 * Whether a text at the start of the input still counts as the start after normalization. This matters for pre-tokenizers that put a
 * prefix only there. If a normalizer removes the first character, `tokenizers` no longer treats the rest as the start, unless a
 * Precompiled normalizer removed it.
 */
export type KeepsStart = (text: string) => boolean;

/** Builds the check for a tokenizer.json; it is true for every text if no stage depends on the start. */
export function keepsStart({ normalizer, pre_tokenizer }: TokenizerJson): KeepsStart {
  if (!prefixesStart(pre_tokenizer) || normalizer === null) return () => true;
  const normalize = createNormalizer(withoutPrecompiled(normalizer));
  return (text) => {
    const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
    return normalize(`${first}a`) !== normalize("a");
  };
}

function withoutPrecompiled(json: ComponentJson): ComponentJson {
  const parts = json.type === "Sequence" ? (json.normalizers as readonly ComponentJson[]) : [json];
  const kept = parts.filter(({ type }) => !precompiled.types.includes(type));
  const normalizers = kept.map((part) => (part.type === "Sequence" ? withoutPrecompiled(part) : part));
  return { type: "Sequence", normalizers };
}
