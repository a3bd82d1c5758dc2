import { describe, expect, it } from "@jest/globals";
import { SecondpassError } from "@secondpass/core";
import { buildGraph } from "../../src/graph/build-graph.js";
import { buildModelGraph, type GraphStep } from "../../src/graph/build-model-graph.js";
import { graphFeature } from "../../src/graph/graph-features.js";
import { transformerStep } from "../../src/graph/transformer-step.js";
import { type DecoderCase, decoderGolden } from "../support/decoder-golden.js";
import {
  batchOf,
  feed,
  floats,
  type GoldenBatch,
  modelOf,
  openGraph,
  runGraph,
  worstDifference,
} from "./run-graph.js";

/** Largest difference from PyTorch's logits that counts as equal. */
const LOGIT_TOLERANCE = 1e-4;
/** float32's rounding differs a little between matrix shapes and between positions in the text. */
const ROUNDING = 2e-5;

/** One text of a batch without its padding, on either side. */
function unpadded(batch: GoldenBatch, row: number): GoldenBatch {
  const isText = (_: unknown, i: number) => batch.attention_mask[row]![i] === 1;
  const cut = (rows: readonly (readonly number[])[]) => [rows[row]!.filter(isText)];
  return {
    input_ids: cut(batch.input_ids),
    attention_mask: cut(batch.attention_mask),
    token_type_ids: cut(batch.token_type_ids),
  };
}

describe("A causal model", () => {
  const { cases } = decoderGolden;

  it.each(cases)("gives PyTorch's logits, alone, in a batch and in blocks: $name", async (test) => {
    const batch = batchOf(test);
    const source = { ...modelOf(test), task: "classify" } as const;
    const graph = await buildGraph(source);
    const session = await openGraph(graph);
    const together = await feed(session, graph, batch);
    expect(worstDifference(floats(test.logits), together)).toBeLessThan(LOGIT_TOLERANCE);
    const labels = together.length / batch.input_ids.length;
    for (const row of batch.input_ids.keys()) {
      const alone = await feed(session, graph, unpadded(batch, row));
      const expected = together.subarray(row * labels, (row + 1) * labels);
      expect(worstDifference(expected, alone)).toBeLessThan(ROUNDING);
    }
    await session.release();
    const inBlocks = await buildGraph({ ...source, longTexts: { padded: 3, whole: 6, block: 5 } });
    expect(worstDifference(floats(test.logits), await runGraph(inBlocks, batch))).toBeLessThan(
      LOGIT_TOLERANCE,
    );
  });

  it.each(cases)("gives PyTorch's causal logits of two tokens: $name", async (test) => {
    const graph = await buildModelGraph(modelOf(test), tokenSteps(test), "scores");
    const logits = await runGraph(graph, batchOf(test));
    expect(worstDifference(floats(test.tokenLogits), logits)).toBeLessThan(LOGIT_TOLERANCE);
  });

  it("only computes the given tokens' rows of the output matrix", async () => {
    const untied = cases.filter(({ weights }) => "lm_head.weight" in decoderGolden.weights[weights]!);
    expect(untied).not.toHaveLength(0);
    for (const test of untied) {
      const answering = await buildModelGraph(modelOf(test), tokenSteps(test), "scores");
      const { packedBytes } = await buildGraph({ ...modelOf(test), task: "encode" });
      // Rows are gathered, so they do not count as a weight of a product.
      expect(answering.packedBytes).toBe(packedBytes);
    }
  });
});

describe("A causal model whose settings contradict each other", () => {
  const [llama, qwen, gemma, gemma3] = ["llama", "qwen2", "gemma", "gemma3_text"].map((type) =>
    decoderGolden.cases.find((test) => test.config.model_type === type),
  ) as [DecoderCase, DecoderCase, DecoderCase, DecoderCase];

  it.each([
    {
      test: llama,
      patch: { num_key_value_heads: 3 },
      message: /"num_key_value_heads".*divisor of 4 heads, got 3/,
    },
    { test: llama, patch: { head_dim: 5 }, message: /"head_dim".*an even number.*got 5/ },
    {
      test: llama,
      patch: { head_dim: 8 },
      message: /q_proj.weight" to be 32 rows, 4 heads of 8 values, got \[24,16\]/,
    },
    { test: llama, patch: { num_hidden_layers: 3 }, message: /Expected a tensor "model.layers.2/ },
    { test: llama, patch: { hidden_act: "xielu" }, message: /"hidden_act".*got "xielu"/ },
    { test: llama, patch: { is_causal: "no" }, message: /"is_causal".*true or false/ },
    {
      test: qwen,
      patch: { layer_types: ["full_attention"] },
      message: /"layer_types".*2 of full_attention and/,
    },
    { test: qwen, patch: { layer_types: ["a", "b"] }, message: /"layer_types".*got \["a", "b"\]/ },
    {
      test: qwen,
      patch: { layer_types: ["sliding_attention", "full_attention"], sliding_window: 4 },
      message: /"sliding_window".*set, since a layer is of sliding_attention/,
    },
    {
      test: qwen,
      patch: { use_sliding_window: true, sliding_window: 0 },
      message: /"sliding_window".*at least 1/,
    },
    {
      test: gemma,
      patch: { use_bidirectional_attention: true },
      message: /"use_bidirectional_attention".*is_causal/,
    },
    { test: gemma3, patch: { sliding_window: null }, message: /"sliding_window".*set/ },
  ])("causes an error that says which: $patch", async ({ test, patch, message }) => {
    const source = modelOf(test);
    const building = buildGraph({ ...source, config: { ...source.config, ...patch }, task: "encode" });
    await expect(building).rejects.toThrow(message);
    await expect(building).rejects.toThrow(SecondpassError);
  });
});

/** A causal model, and its logits of a case's tokens. */
function tokenSteps({ tokens }: DecoderCase): GraphStep[] {
  return [
    (graph, features) => transformerStep(graph, features, "generate"),
    (graph, features) => {
      const last = graphFeature(features, "last_token_embedding", "The test");
      return { ...features, scores: graph.architecture.tokenLogits!(graph, last, tokens) };
    },
  ];
}
