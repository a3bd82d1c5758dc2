import type { Mapping } from "../contract/mapping.js";
import { hasComments } from "../syntax/has-comments.js";
import { indentOf } from "../syntax/indent-of.js";
import { lineEnding } from "../syntax/line-ending.js";
import { optionsOf } from "../syntax/options-of.js";
import { propertiesOf } from "../syntax/properties-of.js";
import { findMember } from "./find-member.js";

/** Moves CohereRerank to our reranker and HTTP client, with the same service and model. */
export const cohereRerank: Mapping = {
  modules: ["@langchain/cohere"],
  name: "CohereRerank",
  to: { module: "@secondpass/retrievers-compression", name: "CrossEncoderReranker" },
  obstacle: (file) =>
    findMember(
      file,
      ["rerank"],
      () => "`rerank(documents, query)` is `rank(query, texts)` of HttpCrossEncoder here",
    ),
  remarks: [
    "Cohere's service is used as before. To rerank on this machine, replace the HttpCrossEncoder by `new HuggingFaceCrossEncoder()` of @secondpass/cross-encoders/huggingface; then thresholds differ",
  ],
  rewrite(use, change) {
    if (use.kind === "type") return undefined;
    if (use.kind !== "new")
      return "CohereRerank is used in another way than by `new`, and its options differ here";
    const options = optionsOf(use.call.getArguments()[0]);
    if (options.kind !== "object") return "its options are not an object literal";
    const { object } = options;
    const { properties, hasMore } = propertiesOf(object);
    if (hasMore) return "its options have spreads or computed names";
    const given = new Map(properties.map(({ name, value }) => [name, value?.getText() ?? ""]));
    const [model, apiKey, topN, chunks] = ["model", "apiKey", "topN", "maxChunksPerDoc"].map((name) =>
      given.get(name),
    );
    if (model === undefined) return "its options name no `model`";
    const unknown = [...given.keys()].find(
      (name) => !["model", "apiKey", "topN", "maxChunksPerDoc"].includes(name),
    );
    if (unknown !== undefined) return `the option \`${unknown}\` does not exist here`;
    const client = [
      `url: ${change.quoted("https://api.cohere.com")}`,
      // Only the first version of the protocol counts chunks.
      `protocol: ${change.quoted(chunks === undefined ? "cohere" : "cohere-v1")}`,
      `model: ${model}`,
      ...(apiKey === undefined ? [] : [`apiKey: ${apiKey}`]),
      ...(chunks === undefined ? [] : [`modelKwargs: { max_chunks_per_doc: ${chunks} }`]),
    ];
    const rest = topN === undefined ? [] : [topN === "topN" ? "topN" : `topN: ${topN}`];
    const text = object.getSourceFile().getFullText();
    const first = object.getProperties()[0];
    const isOnLines = first !== undefined && /\n/.test(text.slice(object.getStart(), first.getStart()));
    const written = isOnLines
      ? onLines(
          client,
          rest,
          lineEnding(text),
          indentOf(text, first.getStart()),
          indentOf(text, object.getEnd() - 1),
        )
      : `{ ${[`model: new HttpCrossEncoder({ ${client.join(", ")} })`, ...rest].join(", ")} }`;
    if (hasComments(object)) change.remark(object, "comments among the options are lost");
    change.edit({ start: object.getStart(), end: object.getEnd(), text: written });
    change.need({ module: "@secondpass/cross-encoders/http", name: "HttpCrossEncoder" });
    return undefined;
  },
};

function onLines(client: string[], rest: string[], newline: string, indent: string, outer: string): string {
  const step = indent.slice(outer.length) || "  ";
  const options = client.map((option) => `${indent}${step}${option},${newline}`).join("");
  const model = `${indent}model: new HttpCrossEncoder({${newline}${options}${indent}}),${newline}`;
  return `{${newline}${model}${rest.map((option) => `${indent}${option},${newline}`).join("")}${outer}}`;
}
