import { Node, type ObjectLiteralExpression } from "ts-morph";
import type { Change } from "../../contract/change.js";
import { propertiesOf } from "../../syntax/properties-of.js";

const POOLINGS: Readonly<Record<string, string>> = {
  cls: "cls",
  first_token: "cls",
  last_token: "lasttoken",
  eos: "lasttoken",
};

/**
 * Translates options of transformers.js' feature extraction into those of HuggingFaceEmbeddings: "normalize: true".
 * @param name the object's name, for the reason
 * @returns the reason if one has no counterpart here
 */
export function readExtraction(
  object: ObjectLiteralExpression,
  { quoted }: Pick<Change, "quoted">,
  name: string,
): readonly string[] | string {
  const { properties, hasMore } = propertiesOf(object);
  if (hasMore) return `\`${name}\` has spreads or computed names`;
  const options: string[] = [];
  for (const { name: option, value } of properties) {
    if (option === "normalize") options.push(`normalize: ${value?.getText()}`);
    else if (option === "pooling") {
      const pooling = Node.isStringLiteral(value) ? value.getLiteralText() : undefined;
      // Ours pools by mean if a repository has no modules.json.
      if (pooling === "mean") continue;
      const ours = POOLINGS[pooling ?? ""];
      if (ours === undefined) return `\`${name}.pooling\` ${value?.getText()} does not exist here`;
      options.push(`pooling: ${quoted(ours)}`);
    } else return `\`${name}.${option}\` does not exist here`;
  }
  return options;
}
