/**
 * Measures how fast a query and its candidates are scored, compared with transformers.js on the same weights, tokenizer and pairs.
 *
 *     node bench/rerank/in-node.mjs [--models minilm-l6-reranker,bge-reranker-base] [--texts 20,100] [--rounds 9] [--loads 3]
 *       [--threads 2] [--python .venv/bin/python] [--out results]
 *
 * Python (torch, transformers, onnx, onnxruntime) exports the peers' ONNX files, once; without it only ours are measured. Weights are
 * random: times do not depend on them. A folder among the models is a real one, and scores paragraphs of the guide
 * (packages/mini-models/models/reranker).
 */
import { benchModels } from "../support/bench-models.mjs";

await benchModels({
  contenders: new URL("./contenders.mjs", import.meta.url).href,
  models: "minilm-l6-reranker,bge-reranker-base",
  ours: { "ours fp32": ["rerank"], "ours int8": ["rerank"] },
  peers: {
    "transformers.js fp32": ["one padded batch", "one by one"],
    "transformers.js q8": ["one padded batch", "one by one"],
  },
  base: "transformers.js fp32 / one padded batch",
  job: (query, texts) => ({ query, texts }),
  difference: "logits",
});
