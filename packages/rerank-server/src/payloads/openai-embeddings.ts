import { checkDimensions } from "./check-dimensions.js";
import { MODEL_NAME } from "./model-name.js";
import type { EmbeddingRequest, ModelFacts } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { unitVector } from "./unit-vector.js";
import { USAGE_SCHEMA, usage } from "./usage.js";
import { choice } from "./values/choice.js";
import type { Field } from "./values/field.js";
import { JsonText } from "./values/json-text.js";
import { constantSchema, INTEGER, listSchema, NUMBER, objectSchema, STRING } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { textOrList } from "./values/text-or-list.js";
import { readTruncation, TRUNCATION } from "./values/truncation.js";
import { unexpected } from "./values/unexpected.js";
import { wholeNumber } from "./values/whole-number.js";
import { vectorTexts } from "./vector-texts.js";

/** Texts. Some clients send token ids of OpenAI's own tokenizer, which other models cannot use. */
const input: Field<string | readonly string[]> = {
  schema: textOrList.schema,
  read(value, where) {
    const first = Array.isArray(value) ? (Array.isArray(value[0]) ? value[0][0] : value[0]) : undefined;
    if (typeof first !== "number") return textOrList.read(value, where);
    const expected =
      "texts, not tokens of another tokenizer (LangChain's OpenAIEmbeddings: set check_embedding_ctx_length=False)";
    throw unexpected(where, expected, value);
  },
};

/** Purpose of texts, by the words of Voyage, Cohere and NVIDIA. Other words are ignored. */
const TASKS: ReadonlyMap<string, "query" | "document"> = new Map([
  ["query", "query"],
  ["search_query", "query"],
  ["document", "document"],
  ["search_document", "document"],
  ["passage", "document"],
]);

/** OpenAI's embeddings, with the fields of Voyage's: `{input, encoding_format, dimensions}` → `{data: [{index, embedding}], usage}`. */
export const openaiEmbeddings = payloadOf({
  name: "openai_embeddings",
  example: '{"input": [text, …]}',
  needs: "embedder",
  matches: (body) => "input" in body && !("query" in body),
  shape: shape({
    model: MODEL_NAME,
    input,
    encoding_format: optional(choice("float", "base64"), "float"),
    dimensions: optional(wholeNumber(1)),
    output_dimension: optional(wholeNumber(1)),
    output_dtype: optional(choice("float")),
    input_type: optional(text),
    ...TRUNCATION,
  }),
  answerSchema: objectSchema({
    object: constantSchema("list"),
    data: listSchema(
      objectSchema({
        object: constantSchema("embedding"),
        index: INTEGER,
        embedding: { anyOf: [listSchema(NUMBER), STRING] },
      }),
    ),
    model: STRING,
    usage: USAGE_SCHEMA,
  }),
  read(values, facts): EmbeddingRequest {
    const name = values.dimensions === undefined ? "output_dimension" : "dimensions";
    const dimensions = checkDimensions(values[name], name, facts);
    const task = values.input_type === undefined ? undefined : TASKS.get(values.input_type);
    return {
      kind: "embed",
      texts: [values.input].flat(),
      ...readTruncation(values, true),
      task,
      promptName: promptFor(values.input_type, task, facts),
      countsTokens: true,
      async answer(vectors, { model, tokens }) {
        const cut =
          dimensions === undefined
            ? vectors
            : vectors.map((vector) => unitVector(vector.slice(0, dimensions)));
        const data = (await vectorTexts(cut, values.encoding_format)).map(
          (embedding, index) => `{"object":"embedding","index":${index},"embedding":${embedding}}`,
        );
        const rest = JSON.stringify({ model, usage: usage(tokens) }).slice(1);
        return new JsonText(`{"object":"list","data":[${data.join()}],${rest}`);
      },
    };
  },
});

/** Returns the model's prompt for the purpose of the texts, if it has one. Models use either name for documents. */
function promptFor(
  inputType: string | undefined,
  task: "query" | "document" | undefined,
  { promptNames = [] }: ModelFacts,
): string | undefined {
  if (inputType === undefined || task === undefined) return undefined;
  const names = [inputType, ...(task === "document" ? ["document", "passage"] : ["query"])];
  return names.find((name) => promptNames.includes(name));
}
