/**
 * Measures how fast a query and its candidates are scored, compared with the strongest peers on a CPU: ONNX Runtime, OpenVINO, CTranslate2 and torch
 * (Python), transformers.js and llama.cpp (Node), on the same weights, tokenizer and pairs. Each runs in its own process; they take turns.
 * A peer gets batches of 1, 4, 8 and all, and single texts in parallel, each on its own thread; the best of these counts.
 *
 *     npm run bench -- rerank [--models minilm-l6-reranker,bge-reranker-base,bge-reranker-v2-m3,ettin-reranker-32m,qwen3-reranker-0.6b]
 *       [--texts 20,100] [--tokens 512] [--only ours,openvino] [--runs 15] [--seconds 90] [--threads 2] [--keep] [--quick] [--json]
 *
 * `--seconds` is for one model and number of texts, once the ways have been tried. `--quick`: MiniLM's shape and 20 texts, under 4 minutes. `--json`:
 * only the last line. Peers are installed once; the last line of the output is JSON (bench/README.md explains it).
 */
import { compare } from "../encoders/compare.mjs";

await compare("rerank", {
  models: "minilm-l6-reranker,ettin-reranker-32m,bge-reranker-base,bge-reranker-v2-m3,qwen3-reranker-0.6b",
  quickModels: "minilm-l6-reranker",
});
