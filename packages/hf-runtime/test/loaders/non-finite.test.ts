import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { ModelFolders } from "@secondpass/test-kit";
import { ElementType } from "../../src/graph/onnx/element-type.js";
import { GraphBuilder, type Value } from "../../src/graph/onnx/graph-builder.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { setFloat32 } from "../support/edit-tensor.js";

const folders = new ModelFolders();
const root = mkdtempSync(join(tmpdir(), "non-finite-"));
afterAll(() => {
  folders.remove();
  rmSync(root, { recursive: true });
});

const QUICK = { worker: false, threads: 1 } as const;
const PAIRS: readonly TextPair[] = Array.from({ length: 40 }, (_, i) => ["capital of France", `Paris ${i}`]);
const NAN = Number.NaN;

/** A copy of a tiny model that has a given number in one tensor, everywhere or at one position. */
function damaged(model: string, tensor: string, value: number, at?: number): string {
  const folder = mkdtempSync(join(root, "model-"));
  cpSync(folders.folder(model), folder, { recursive: true });
  setFloat32(join(folder, "model.safetensors"), tensor, value, at);
  return folder;
}

/** A copy of a tiny model whose ONNX file computes `build` from the ids [rows, tokens]. */
function onnxModel(model: string, build: (graph: GraphBuilder, ids: Value) => Value): string {
  const folder = mkdtempSync(join(root, "onnx-"));
  cpSync(folders.folder(model), folder, { recursive: true });
  rmSync(join(folder, "model.safetensors"));
  const graph = new GraphBuilder();
  const ids = graph.input("input_ids", ElementType.int64, ["rows", "tokens"]);
  const value = build(graph, graph.op("Cast", [ids], { to: ElementType.float32 }));
  graph.output("logits", value, ElementType.float32, ["a", "b"]);
  writeFileSync(join(folder, "model.onnx"), graph.finish());
  return folder;
}

describe("a model with damaged weights", () => {
  it.each([
    ["NaN in the head", "classifier.bias", NAN, NAN],
    ["infinity in the head", "classifier.bias", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["minus infinity in the head", "classifier.bias", Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ["NaN in a layer", "bert.encoder.layer.0.intermediate.dense.bias", NAN, NAN],
    ["NaN in every word", "bert.embeddings.word_embeddings.weight", NAN, NAN],
  ])("with %s throws an error that names the model and the pair", async (_, tensor, put, value) => {
    const model = damaged("bert-cross-encoder", tensor, put);
    await using crossEncoder = await loadCrossEncoder({ model, ...QUICK });
    for (const compute of ["predict", "logits"] as const) {
      await expect(crossEncoder[compute](PAIRS)).rejects.toMatchObject({
        name: "NonFiniteResultError",
        model,
        input: "pair",
        value,
        message: expect.stringMatching(/for pair \d+, got/),
      });
    }
  });

  it("names the one text that has no vector", async () => {
    const model = damaged("bert-encoder", "embeddings.position_embeddings.weight", NAN, 32 * 20);
    await using encoder = await loadEncoder({ model, ...QUICK });
    const texts = ["Paris", "Paris ".repeat(30), "Berlin"];
    await expect(encoder.embed(texts)).rejects.toMatchObject({ name: "NonFiniteResultError", index: 1 });
    await expect(encoder.embed(["Paris", "Berlin"])).resolves.toHaveLength(2);
  });

  it.each([
    ["a linear layer", "bert.encoder.layer.0.intermediate.dense.weight", 5],
    ["a bias inside a layer", "bert.encoder.layer.0.intermediate.dense.bias", 3],
    ["a bias of the attention", "bert.encoder.layer.1.attention.self.value.bias", 0],
    ["a norm", "bert.encoder.layer.0.attention.output.LayerNorm.weight", 1],
  ])("is not quantised to int8 with a NaN or infinity in %s", async (_, weight, index) => {
    for (const value of [NAN, Number.POSITIVE_INFINITY]) {
      const model = damaged("bert-cross-encoder", weight, value, index);
      await expect(loadCrossEncoder({ model, dtype: "int8", ...QUICK })).rejects.toMatchObject({
        name: "NonFiniteWeightError",
        weight,
        index,
        value,
      });
    }
  });

  it("gives no int8 score of a damaged head, and names the pair by the caller's list", async () => {
    const model = damaged("bert-cross-encoder", "bert.embeddings.position_embeddings.weight", NAN, 32 * 30);
    const pairs = PAIRS.map((pair, i): TextPair => (i === 33 ? [pair[0], "Paris ".repeat(30)] : pair));
    await using crossEncoder = await loadCrossEncoder({ model, dtype: "int8", ...QUICK });
    await expect(crossEncoder.predict(pairs)).rejects.toMatchObject({
      name: "NonFiniteResultError",
      index: 33,
    });
  });
});

describe("an ONNX file whose output", () => {
  const logits = async (model: string) => {
    await using crossEncoder = await loadCrossEncoder({ model, ...QUICK });
    return await crossEncoder.logits([
      ["a", "b"],
      ["c", "d"],
    ]);
  };

  it("is one number for each text is read as scores", async () => {
    const model = onnxModel("bert-cross-encoder", (graph, ids) =>
      graph.op("ReduceSum", [ids, graph.int64s([1])], { keepdims: 0 }),
    );
    await expect(logits(model)).resolves.toHaveLength(2);
  });

  it.each([
    [
      "has too few rows",
      (graph: GraphBuilder, ids: Value) => graph.op("ReduceSum", [ids, graph.int64s([0])], {}),
    ],
    ["is one number", (graph: GraphBuilder, ids: Value) => graph.op("ReduceSum", [ids], { keepdims: 0 })],
    [
      "is empty",
      (graph: GraphBuilder, ids: Value) =>
        graph.op("Slice", [ids, graph.int64s([0]), graph.int64s([0]), graph.int64s([1])]),
    ],
  ])("%s is an error that says what was expected", async (_, build) => {
    await expect(logits(onnxModel("bert-cross-encoder", build))).rejects.toMatchObject({
      name: "InferenceError",
      message: expect.stringContaining("a row for each of 2 inputs"),
    });
  });

  it("is NaN is an error", async () => {
    const model = onnxModel("bert-cross-encoder", (graph, ids) => {
      const sum = graph.op("ReduceSum", [ids, graph.int64s([1])], { keepdims: 1 });
      return graph.op("Div", [graph.op("Sub", [sum, sum]), graph.op("Sub", [sum, sum])]);
    });
    await expect(logits(model)).rejects.toMatchObject({ name: "NonFiniteResultError", index: 0 });
  });
});
