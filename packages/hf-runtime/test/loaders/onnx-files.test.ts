import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { ElementType } from "../../src/graph/onnx/element-type.js";
import { bytesOf, type Dimension, GraphBuilder, type Value } from "../../src/graph/onnx/graph-builder.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";

const MODELS = join(__dirname, "../fixtures/models");
const root = mkdtempSync(join(tmpdir(), "secondpass-onnx-files-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const WIDTH = 4;
const TEXTS = ["a longer text of the river at night", "the river", "a b c d"];
const OPTIONS = { threads: 1, worker: false };

/** A graph with the given inputs, and its ids as float32 [rows, tokens]. */
interface Toy {
  readonly inputs: readonly string[];
  readonly type?: "int32" | "int64" | "float32";
  readonly rows?: Dimension;
  readonly tokens?: Dimension;
  /** Adds outputs to a graph. */
  readonly outputs: (graph: GraphBuilder, ids: Value) => void;
}

/** A copy of a model with an ONNX file instead of its weights. */
function repository(
  model: "bert-encoder" | "bert-cross-encoder" | "roberta",
  toy: Toy,
  listed = false,
): string {
  const folder = mkdtempSync(join(root, "model-"));
  cpSync(join(MODELS, model), folder, { recursive: true });
  rmSync(join(folder, "model.safetensors"));
  if (!listed) rmSync(join(folder, "modules.json"), { force: true });
  const graph = new GraphBuilder();
  const { inputs, type = "int64", rows = "rows", tokens = "tokens" } = toy;
  const values = inputs.map((name) => graph.input(name, ElementType[type], [rows, tokens]));
  const floats = values.map((value) => graph.op("Cast", [value], { to: ElementType.float32 }));
  toy.outputs(
    graph,
    floats.reduce((sum, value) => graph.op("Add", [sum, value])),
  );
  mkdirSync(join(folder, "onnx"));
  writeFileSync(join(folder, "onnx/model.onnx"), graph.finish());
  return folder;
}

/** [rows, tokens] → [rows, tokens, WIDTH]: each token's value times 1, 2, 3, 4, and its sine next to the sum of all. */
function tokenVectors(graph: GraphBuilder, ids: Value): Value {
  const factors = Float32Array.from({ length: WIDTH }, (_, i) => i + 1);
  const row = graph.constant("factors", ElementType.float32, [WIDTH], bytesOf(factors));
  const own = graph.op("Sin", [graph.op("Mul", [graph.op("Unsqueeze", [ids, graph.int64s([2])]), row])]);
  const all = graph.op("ReduceMean", [own], { axes: [1], keepdims: 1 });
  return graph.op("Add", [own, all]);
}

function vector(graph: GraphBuilder, ids: Value): Value {
  return graph.op("ReduceMax", [tokenVectors(graph, ids)], { axes: [1], keepdims: 0 });
}

const tokensOutput =
  (name = "last_hidden_state") =>
  (graph: GraphBuilder, ids: Value) =>
    graph.output(name, tokenVectors(graph, ids), ElementType.float32, ["rows", "tokens", WIDTH]);
const vectorOutput =
  (name: string, type: "float32" | "float16" = "float32") =>
  (graph: GraphBuilder, ids: Value) =>
    graph.output(name, graph.op("Cast", [vector(graph, ids)], { to: ElementType[type] }), ElementType[type], [
      "rows",
      WIDTH,
    ]);
const both =
  (...outputs: Toy["outputs"][]): Toy["outputs"] =>
  (graph, ids) => {
    for (const output of outputs) output(graph, ids);
  };

async function alone(model: string, texts = TEXTS): Promise<number[][]> {
  await using encoder = await loadEncoder({ model, ...OPTIONS });
  const vectors: number[][] = [];
  for (const text of texts) vectors.push(...(await encoder.embed([text])).map((one) => [...one]));
  return vectors;
}

async function together(model: string, texts = TEXTS): Promise<number[][]> {
  await using encoder = await loadEncoder({ model, ...OPTIONS });
  return (await encoder.embed(texts)).map((one) => [...one]);
}

function expectClose(got: readonly number[][], want: readonly number[][]): void {
  for (const [i, row] of want.entries())
    for (const [j, value] of row.entries()) expect(got[i]?.[j]).toBeCloseTo(value, 5);
}

const WITH_MASK = ["input_ids", "attention_mask"];

describe("an ONNX file without modules.json", () => {
  it.each(["sentence_embedding", "embeddings", "dense_vecs"])(
    "that gives %s in addition to token vectors is read by this output",
    async (name) => {
      const own = { inputs: ["input_ids"], outputs: vectorOutput(name) };
      const beside = { ...own, outputs: both(tokensOutput(), vectorOutput(name)) };
      const expected = await alone(repository("bert-encoder", own));
      expect(new Set(expected.flat()).size).toBeGreaterThan(WIDTH);
      expectClose(await alone(repository("bert-encoder", beside)), expected);
    },
  );

  it("that gives a pooler's output in addition to token vectors is read by the token vectors, as in Python", async () => {
    const tokens = { inputs: WITH_MASK, outputs: tokensOutput("token_embeddings") };
    const more = {
      ...tokens,
      outputs: both(vectorOutput("pooler_output"), tokensOutput("token_embeddings")),
    };
    expectClose(
      await together(repository("bert-encoder", more)),
      await together(repository("bert-encoder", tokens)),
    );
  });

  it("may give half precision", async () => {
    const half = { inputs: WITH_MASK, outputs: vectorOutput("sentence_embedding", "float16") };
    await expect(together(repository("bert-encoder", half))).resolves.toHaveLength(3);
  });

  it.each([
    ["pooler_output", vectorOutput("pooler_output")],
    ["a vector with an unusual name", vectorOutput("output_0")],
    ["two outputs of token vectors", both(tokensOutput("first"), tokensOutput("second"))],
  ])("throws on loading if it gives only %s", async (_, outputs) => {
    const model = repository("bert-encoder", { inputs: WITH_MASK, outputs });
    await expect(loadEncoder({ model, ...OPTIONS })).rejects.toMatchObject({
      name: "UnsupportedOutputError",
      message: expect.stringMatching(/token vectors.*or a vector named sentence_embedding.*got "/),
    });
  });
});

it("an ONNX file's own vector does not replace listed modules", async () => {
  const outputs = both(vectorOutput("sentence_embedding"), tokensOutput());
  const listed = repository("bert-encoder", { inputs: WITH_MASK, outputs }, true);
  const tokens = repository("bert-encoder", { inputs: WITH_MASK, outputs: tokensOutput() }, true);
  expectClose(await together(listed), await together(tokens));
  const vectorOnly = repository(
    "bert-encoder",
    { inputs: WITH_MASK, outputs: vectorOutput("sentence_embedding") },
    true,
  );
  await expect(loadEncoder({ model: vectorOnly, ...OPTIONS })).rejects.toMatchObject({
    name: "UnsupportedOutputError",
  });
});

describe("an ONNX file without attention_mask", () => {
  const toy = { inputs: ["input_ids"], outputs: tokensOutput() };

  it("gives each text its own vector in any batch", async () => {
    const model = repository("bert-encoder", toy);
    const many = [...TEXTS, ...TEXTS.map((text) => `${text} again`), "the night"];
    expectClose(await together(model, many), await alone(model, many));
  });

  it("throws if its inputs have a fixed length", async () => {
    const model = repository("bert-encoder", { ...toy, tokens: 16 });
    await expect(loadEncoder({ model, maxLength: 16, ...OPTIONS })).rejects.toMatchObject({
      name: "UnsupportedInputError",
      message: expect.stringContaining("attention_mask"),
    });
  });
});

describe("an ONNX file with fixed sizes", () => {
  const free = { inputs: WITH_MASK, outputs: vectorOutput("sentence_embedding") };

  it("for one text gets one at a time", async () => {
    const model = repository("bert-encoder", { ...free, rows: 1 });
    expectClose(await together(model), await alone(model));
  });

  it("for a number of tokens gets texts that are padded to it", async () => {
    const model = repository("bert-encoder", { ...free, tokens: 24 });
    await using encoder = await loadEncoder({ model, maxLength: 24, ...OPTIONS });
    const long = TEXTS[0]!.repeat(9);
    await expect(encoder.embed([...TEXTS, long])).resolves.toHaveLength(4);
  });

  it("for fewer tokens than texts may have says what to do", async () => {
    const model = repository("bert-encoder", { ...free, tokens: 24 });
    await expect(loadEncoder({ model, maxLength: 32, ...OPTIONS })).rejects.toMatchObject({
      name: "UnsupportedInputError",
      message: expect.stringContaining("maxLength: 24"),
    });
  });

  it("for several texts throws", async () => {
    const model = repository("bert-encoder", { ...free, rows: 4 });
    await expect(loadEncoder({ model, ...OPTIONS })).rejects.toThrow(/takes exactly 4 texts at a time/);
  });
});

describe("an ONNX file with the input position_ids", () => {
  // The graph does not use the ids and the mask, so the vectors only depend on the positions.
  const toy = { inputs: ["position_ids", "attention_mask"], outputs: vectorOutput("sentence_embedding") };
  const maximum = (positions: readonly number[]) =>
    Array.from({ length: WIDTH }, (_, i) => {
      const sines = positions.map((position) => Math.sin((position + 1) * (i + 1)));
      return Math.max(...sines) + sines.reduce((sum, sine) => sum + sine, 0) / sines.length;
    });

  it("gets positions that start at 0", async () => {
    const model = repository("bert-encoder", toy);
    await using encoder = await loadEncoder({ model, ...OPTIONS });
    const tokens = encoder.countTokens("the river");
    expectClose([[...(await encoder.embed(["the river"]))[0]!]], [maximum([...new Array(tokens).keys()])]);
  });

  it("gets positions that start after the padding id for RoBERTa", async () => {
    const model = repository("roberta", toy);
    const { pad_token_id } = JSON.parse(readFileSync(join(model, "config.json"), "utf8"));
    await using encoder = await loadEncoder({ model, ...OPTIONS });
    const tokens = encoder.countTokens("the river");
    const positions = [...new Array(tokens).keys()].map((place) => place + pad_token_id + 1);
    expectClose([[...(await encoder.embed(["the river"]))[0]!]], [maximum(positions)]);
  });
});

describe("loading an ONNX file throws", () => {
  it.each([
    ["past_key_values.0.key", "without one"],
    ["task_id", "one of several tasks"],
    ["decoder_input_ids", "the encoder alone"],
    ["pixel_values", "images"],
    ["inputs_embeds", "encoder's export"],
  ])("if it has the input %s", async (name, advice) => {
    const model = repository("bert-encoder", { inputs: [...WITH_MASK, name], outputs: tokensOutput() });
    await expect(loadEncoder({ model, ...OPTIONS })).rejects.toMatchObject({
      name: "UnsupportedInputError",
      input: name,
      message: expect.stringContaining(advice),
    });
  });

  it("if its inputs are not integers", async () => {
    const model = repository("bert-encoder", { inputs: WITH_MASK, type: "float32", outputs: tokensOutput() });
    await expect(loadEncoder({ model, ...OPTIONS })).rejects.toMatchObject({ name: "UnsupportedInputError" });
  });

  it("for a reranker if it gives no logits", async () => {
    const model = repository("bert-cross-encoder", { inputs: WITH_MASK, outputs: tokensOutput("logits") });
    await expect(loadCrossEncoder({ model, ...OPTIONS })).rejects.toMatchObject({
      name: "UnsupportedOutputError",
      message: expect.stringMatching(/logits \[texts, labels\].*got "logits" \[rows, tokens, 4\]/),
    });
  });
});

it("a reranker's ONNX file may have int32 inputs and another name for its only output", async () => {
  const outputs = (graph: GraphBuilder, ids: Value) =>
    graph.output(
      "output_0",
      graph.op("ReduceSum", [ids, graph.int64s([1])], { keepdims: 1 }),
      ElementType.float32,
      ["rows", 1],
    );
  const model = repository("bert-cross-encoder", { inputs: ["input_ids"], type: "int32", outputs });
  await using reranker = await loadCrossEncoder({ model, ...OPTIONS });
  expect(await reranker.logits([["", ""]])).toEqual([Float32Array.of(2 + 3 + 3)]);
});
