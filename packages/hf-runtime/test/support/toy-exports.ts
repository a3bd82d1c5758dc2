import { ElementType } from "../../src/graph/onnx/element-type.js";
import { GraphBuilder } from "../../src/graph/onnx/graph-builder.js";

/** A graph of an embedder whose export ends in the text's vector, besides the tokens': `sentence_embedding` [rows, 1]. */
export function sentenceExport(): Uint8Array {
  const graph = new GraphBuilder();
  const { tokens } = inputsOf(graph);
  const hidden = graph.op("Unsqueeze", [tokens, graph.int64s([2])]);
  graph.output("last_hidden_state", hidden, ElementType.float32, ["rows", "tokens", 1]);
  const sums = graph.op("ReduceSum", [tokens, graph.int64s([1])], { keepdims: 1 });
  graph.output("sentence_embedding", sums, ElementType.float32, ["rows", 1]);
  return graph.finish();
}

/** A graph of a causal model that continues a text: it wants the keys and values of the tokens before. `logits` [rows, tokens, 1]. */
export function cachedExport(): Uint8Array {
  const graph = new GraphBuilder();
  const { tokens } = inputsOf(graph);
  const places = graph.input("position_ids", ElementType.int64, ["rows", "tokens"]);
  const at = graph.op("Cast", [places], { to: ElementType.float32 });
  for (const name of ["past_key_values.0.key", "past_key_values.0.value"]) {
    graph.input(name, ElementType.float32, ["rows", 2, "past", 8]);
  }
  const hidden = graph.op("Unsqueeze", [graph.op("Add", [tokens, at]), graph.int64s([2])]);
  graph.output("logits", hidden, ElementType.float32, ["rows", "tokens", 1]);
  return graph.finish();
}

function inputsOf(graph: GraphBuilder) {
  const float32 = (name: string) =>
    graph.op("Cast", [graph.input(name, ElementType.int64, ["rows", "tokens"])], {
      to: ElementType.float32,
    });
  return { tokens: graph.op("Mul", [float32("input_ids"), float32("attention_mask")]) };
}
