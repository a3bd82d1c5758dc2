import { buildModelGraph } from "../../src/graph/build-model-graph.js";
import { ElementType } from "../../src/graph/onnx/element-type.js";
import { GraphBuilder } from "../../src/graph/onnx/graph-builder.js";

/** A graph of an embedder whose export gives the text's vector in addition to token vectors: `sentence_embedding` [rows, 1]. */
export function sentenceExport(): Uint8Array {
  const graph = new GraphBuilder();
  const { tokens } = inputsOf(graph);
  const hidden = graph.op("Unsqueeze", [tokens, graph.int64s([2])]);
  graph.output("last_hidden_state", hidden, ElementType.float32, ["rows", "tokens", 1]);
  const sums = graph.op("ReduceSum", [tokens, graph.int64s([1])], { keepdims: 1 });
  graph.output("sentence_embedding", sums, ElementType.float32, ["rows", 1]);
  return graph.finish();
}

/**
 * A model's ONNX file with the inputs that exports have to continue texts: positions, and the keys and values of earlier tokens. The graph does
 * not read them.
 */
export function withPastInputs(model: Uint8Array): Uint8Array {
  const inputs = new GraphBuilder();
  inputs.input("position_ids", ElementType.int64, ["batch", "tokens"]);
  for (const name of ["past_key_values.0.key", "past_key_values.0.value"])
    inputs.input(name, ElementType.float32, ["batch", "heads", "past", "size"]);
  // Concatenated protobuf messages are merged. The second one adds inputs to the same graph.
  return Buffer.concat([model, inputs.finish()]);
}

/** A causal model's ONNX file. It gives the logits of the whole vocabulary after each token. */
export async function causalExport(
  config: Readonly<Record<string, unknown>>,
  weightFiles: readonly string[],
): Promise<Uint8Array> {
  const { bytes } = await buildModelGraph(
    { config, weightFiles, weights: "embedded", inputType: "int64" },
    [
      (graph, features) => {
        const { architecture } = graph;
        const vocabulary = Array.from({ length: graph.config.size("vocab_size") }, (_, id) => id);
        const logits = architecture.tokenLogits!(graph, architecture.encode(graph, false), vocabulary);
        return { ...features, logits };
      },
    ],
    "logits",
    "token",
  );
  return bytes;
}

function inputsOf(graph: GraphBuilder) {
  const float32 = (name: string) =>
    graph.op("Cast", [graph.input(name, ElementType.int64, ["rows", "tokens"])], {
      to: ElementType.float32,
    });
  return { tokens: graph.op("Mul", [float32("input_ids"), float32("attention_mask")]) };
}
