import type { ComponentJson } from "./json/component-json.js";

/** Puts a Lowercase in front of a normalizer, as sentence-transformers does, unless the normalizer already lowers the case. */
export function withLowercase(normalizer: ComponentJson | null): ComponentJson {
  const lowercase = { type: "Lowercase" };
  if (normalizer === null) return lowercase;
  const parts =
    normalizer.type === "Sequence" ? (normalizer.normalizers as readonly ComponentJson[]) : [normalizer];
  const lowers = ({ type, lowercase: on }: ComponentJson) =>
    type === "Lowercase" || (type === "BertNormalizer" && on === true);
  return parts.some(lowers) ? normalizer : { type: "Sequence", normalizers: [lowercase, ...parts] };
}
