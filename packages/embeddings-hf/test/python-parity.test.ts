import { afterAll, describe, expect, it } from "@jest/globals";
import type { HuggingFaceEmbeddingsFields, PromptChoice } from "../src/index.js";
import golden from "./goldens/hugging-face-embeddings.json";
import { FLOAT32_TOLERANCE, TinyModels } from "./tiny-models.js";

const models = new TinyModels();
afterAll(() => models.close());

/** Arguments of Python's `encode`, for documents and for queries. */
interface PythonOptions {
  readonly normalize?: boolean;
  readonly documentPrompt?: string;
  readonly documentPromptName?: string;
  readonly queryPrompt?: string;
  readonly queryPromptName?: string;
}

/** Python uses the documents' arguments for queries without own arguments. */
function fieldsOf(options: PythonOptions): HuggingFaceEmbeddingsFields {
  const choice = (prompt?: string, name?: string): PromptChoice | undefined =>
    name === undefined ? prompt : { name };
  const document = choice(options.documentPrompt, options.documentPromptName);
  const query = choice(options.queryPrompt, options.queryPromptName) ?? document;
  return { normalize: options.normalize, prompts: { document, query } };
}

describe("HuggingFaceEmbeddings against LangChain Python", () => {
  const cases = golden.cases.map(
    (example) => [example.model, example.options as PythonOptions, example] as const,
  );

  it.each(cases)("computes the vectors of %s with %j", async (model, options, example) => {
    const embeddings = models.open(model, fieldsOf(options));
    const vectors = [
      await embeddings.embedQuery(example.query),
      ...(await embeddings.embedDocuments(example.texts)),
    ];
    const expected = [example.queryVector, ...example.vectors];
    expect(vectors.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
    const worst = vectors.map((vector, row) =>
      Math.max(...vector.map((value, i) => Math.abs(value - (expected[row]?.[i] as number)))),
    );
    expect(Math.max(...worst)).toBeLessThanOrEqual(FLOAT32_TOLERANCE);
  });
});
