import { statSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { InferenceSession } from "onnxruntime-node";
import { buildGraph } from "../../src/graph/build-graph.js";
import { exportOnnx } from "../../src/graph/export-onnx.js";
import { toMainRealm } from "../../src/session/to-main-realm.js";
import {
  batchOf,
  classifiers,
  floats,
  type GraphCase,
  golden,
  modelOf,
  onnxRuntime,
  openGraph,
  runGraph,
  worstDifference,
} from "./run-graph.js";

const LOGIT_TOLERANCE = 1e-4;
const standalone = { weights: "embedded", inputType: "int64" } as const;

describe("A graph with its weights embedded", () => {
  it.each(classifiers)(
    "is a self-contained ONNX file with int64 inputs, as for transformers.js: $name",
    async (test) => {
      const graph = await buildGraph({ ...modelOf(test), task: "classify", ...standalone });
      expect(graph.weightsFolder).toBeUndefined();
      const actual = await runGraph(graph, batchOf(test));
      expect(worstDifference(floats(test.logits), actual)).toBeLessThan(LOGIT_TOLERANCE);
    },
  );

  it("keeps float16 weights at two bytes each", async () => {
    const roberta = golden.cases.find((test) => test.model === "roberta") as GraphCase;
    const onnx = await exportOnnx({ ...modelOf(roberta), task: "classify" });
    const [file = ""] = modelOf(roberta).weightFiles;
    expect(onnx.length).toBeLessThan(statSync(file).size * 1.3);
  });

  it("accepts any number of texts and tokens, and names inputs and outputs like exported models", async () => {
    const bert = golden.cases.find((test) => test.model === "bert-encoder") as GraphCase;
    const graph = await buildGraph({ ...modelOf(bert), task: "encode", ...standalone });
    const session: InferenceSession = await openGraph(graph);
    expect(session.inputNames).toEqual(["input_ids", "attention_mask", "token_type_ids"]);
    expect(session.outputNames).toEqual(["last_hidden_state"]);
    for (const [batch, tokens] of [
      [1, 1],
      [3, 7],
      [2, 64],
    ] as const) {
      const of = (value: bigint) => {
        const data = toMainRealm(new BigInt64Array(batch * tokens).fill(value));
        return new onnxRuntime.Tensor("int64", data, [batch, tokens]);
      };
      const feeds = { input_ids: of(9n), attention_mask: of(1n), token_type_ids: of(0n) };
      const outputs = await session.run(feeds);
      expect(outputs.last_hidden_state?.dims).toEqual([batch, tokens, 32]);
    }
    await session.release();
  });
});
