import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import { tableFolder, tableGolden } from "@secondpass/test-kit";
import { HuggingFaceEmbeddings, type HuggingFaceEmbeddingsFields } from "../src/index.js";

const NAME = "jina-embeddings-v3";
const TEXT = "How many people live in Berlin?";

describe("HuggingFaceEmbeddings of a model with adapters for several tasks", () => {
  const { tasks, cases } = tableGolden(NAME) as unknown as {
    readonly tasks: Readonly<Record<string, readonly (readonly number[])[]>>;
    readonly cases: readonly (readonly number[])[];
  };
  const chosen = { query: "retrieval.query", document: "retrieval.passage" };
  let model: string;
  beforeAll(() => {
    model = tableFolder(NAME);
  });
  const opened: HuggingFaceEmbeddings[] = [];
  const open = (fields: Partial<HuggingFaceEmbeddingsFields> = {}) => {
    const embeddings = new HuggingFaceEmbeddings({ model, threads: 1, worker: false, ...fields });
    opened.push(embeddings);
    return embeddings;
  };
  afterAll(() => Promise.all(opened.map((one) => one.dispose())));

  const expectNear = (found: readonly number[], expected: readonly number[]) => {
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
  };

  it("embeds queries and documents with the adapters of their tasks", async () => {
    const embeddings = open({ tasks: chosen });
    expectNear(await embeddings.embedQuery(TEXT), tasks[chosen.query]![0]!);
    const [document] = await embeddings.embedDocuments([TEXT]);
    expectNear(document!, tasks[chosen.document]![0]!);
  });

  it("embeds without a task if none is given", async () => {
    expectNear(await open().embedQuery(TEXT), cases[0]!);
    const half = open({ tasks: { query: "text-matching" } });
    expectNear(await half.embedQuery(TEXT), tasks["text-matching"]![0]!);
    const [document] = await half.embedDocuments([TEXT]);
    expectNear(document!, cases[0]!);
  });

  it("differs from the same model with other tasks", async () => {
    const identity = await open({ tasks: chosen }).embeddingIdentity();
    expect(identity).toMatchObject({
      queryPrompt: "[retrieval.query] ",
      documentPrompt: "[retrieval.passage] ",
    });
    expect(await open().embeddingIdentity()).toMatchObject({ queryPrompt: "", documentPrompt: "" });
  });

  it("lists the model's tasks if the name is unknown, and throws for an invalid option", async () => {
    const embedding = open({ tasks: { query: "clustering" } }).embedQuery(TEXT);
    await expect(embedding).rejects.toThrow(
      /retrieval\.query, retrieval\.passage, text-matching.*"clustering"/,
    );
    expect(() => open({ tasks: "retrieval.query" as never })).toThrow(InvalidOptionError);
    expect(() => open({ tasks: { passage: "retrieval.passage" } as never })).toThrow(/tasks/);
  });
});
