import type { ComponentJson } from "./json/component-json.js";

/** A normalizer with a Lowercase in front, as sentence-transformers puts it, unless it lowers the case already. */
export function withLowercase(normalizer: ComponentJson | null): ComponentJson {
  const lowercase = { type: "Lowercase" };
  if (normalizer === null) return lowercase;
  const parts =
    normalizer.type === "Sequence" ? (normalizer.normalizers as readonly ComponentJson[]) : [normalizer];
  const lowers = ({ type, lowercase: on }: ComponentJson) =>
    type === "Lowercase" || (type === "BertNormalizer" && on === true);
  return parts.some(lowers) ? normalizer : { type: "Sequence", normalizers: [lowercase, ...parts] };
}
