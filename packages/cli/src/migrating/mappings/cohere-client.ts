import { Node, type SourceFile, SyntaxKind } from "ts-morph";
import type { Finding } from "../contract/finding.js";
import { propertiesOf } from "../syntax/properties-of.js";

/** Says what to write instead of each `rerank` of Cohere's own client, whose results have other names. */
export function cohereClient(file: SourceFile): Finding[] {
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call): Finding[] => {
    const called = call.getExpression();
    const [request] = call.getArguments();
    if (!Node.isPropertyAccessExpression(called) || called.getName() !== "rerank") return [];
    if (!Node.isObjectLiteralExpression(request)) return [];
    const given = new Map(
      propertiesOf(request).properties.map(({ name, value }) => [name, value?.getText() ?? name]),
    );
    const [query, documents, topN] = ["query", "documents", "topN"].map((name) => given.get(name));
    if (query === undefined || documents === undefined) return [];
    const model = given.get("model");
    const client = [
      'url: "https://api.cohere.com"',
      'protocol: "cohere"',
      ...(model === undefined ? [] : [model === "model" ? "model" : `model: ${model}`]),
    ];
    const limit = topN === undefined ? "" : `, { ${topN === "topN" ? "topN" : `topN: ${topN}`} }`;
    const message = `write \`await new HttpCrossEncoder({ ${client.join(", ")} }).rank(${query}, ${documents}${limit})\` (@secondpass/cross-encoders/http): each \`index\` and \`score\` of it is \`results[].index\` and \`relevanceScore\` here`;
    return [{ line: call.getStartLineNumber(), message }];
  });
}
