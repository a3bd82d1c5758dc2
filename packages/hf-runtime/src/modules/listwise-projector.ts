import { graphFeature } from "../graph/graph-features.js";
import { float32MatMul } from "../graph/layers/linear.js";
import type { Module } from "./module.js";

const TYPE = "ListwiseProjector";

/**
 * The last part of Jina's listwise rerankers: two linear layers without biases over the hidden states, built from published facts.
 * [batch, tokens, hidden] → [batch, tokens, 512]. Experimental.
 */
export const listwiseProjector: Module = {
  type: TYPE,
  reads: ["token_embeddings"],
  output: { feature: "token_embeddings" },
  build(graph, features) {
    const hidden = graphFeature(features, "token_embeddings", TYPE);
    const inner = graph.graph.op("Relu", [float32MatMul(graph, hidden, "projector.0.weight")]);
    return { ...features, token_embeddings: float32MatMul(graph, inner, "projector.2.weight") };
  },
};
