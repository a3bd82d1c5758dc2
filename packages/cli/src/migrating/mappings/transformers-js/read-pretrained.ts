import { Node, type ObjectLiteralExpression } from "ts-morph";
import type { Change } from "../../contract/change.js";
import { propertiesOf } from "../../syntax/properties-of.js";

const PRETRAINED: Readonly<Record<string, string>> = {
  dtype: "dtype",
  device: "device",
  revision: "revision",
  cache_dir: "cacheDir",
  local_files_only: "localFilesOnly",
};

/**
 * Translates options of transformers.js' `from_pretrained` into those of HuggingFaceEmbeddings: "dtype: x".
 * @param name of the object, in reasons
 * @returns the reason if one has no counterpart here
 */
export function readPretrained(
  object: ObjectLiteralExpression,
  { quoted }: Pick<Change, "quoted">,
  name: string,
): readonly string[] | string {
  const { properties, hasMore } = propertiesOf(object);
  if (hasMore) return `\`${name}\` has spreads or computed names`;
  const options: string[] = [];
  for (const { name: option, value } of properties) {
    const text = value?.getText() ?? "";
    if (option === "quantized" && (text === "true" || text === "false")) {
      options.push(`dtype: ${quoted(text === "true" ? "q8" : "fp32")}`);
      continue;
    }
    const ours = PRETRAINED[option];
    if (ours === undefined) return `\`${name}.${option}\` does not exist here`;
    const isName = Node.isStringLiteral(value);
    if (option === "dtype" && (!isName || value.getLiteralText() === "auto"))
      return `\`${name}.dtype\` is not the name of one format`;
    options.push(`${ours}: ${text}`);
  }
  return options;
}
