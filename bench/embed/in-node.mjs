/**
 * Measures how fast texts are embedded, compared with transformers.js and LangChain.js on the same weights, tokenizer and texts.
 *
 *     node bench/embed/in-node.mjs [--models minilm-l6,distilbert-base] [--texts 20,100] [--rounds 9] [--loads 3]
 *       [--threads 2] [--python .venv/bin/python] [--out results]
 *
 * Python (torch, transformers, onnx, onnxruntime) exports the peers' ONNX files, once; without it only ours are measured.
 */
import { benchModels } from "../support/bench-models.mjs";

await benchModels({
  contenders: new URL("./contenders.mjs", import.meta.url).href,
  models: "minilm-l6,distilbert-base",
  ours: { "ours fp32": ["embed"], "ours int8": ["embed"] },
  peers: {
    "transformers.js fp32": ["one padded batch", "one by one"],
    "transformers.js q8": ["one padded batch", "one by one"],
    "LangChain.js fp32": ["embedDocuments"],
  },
  base: "transformers.js fp32 / one padded batch",
  job: (_query, texts) => ({ texts }),
  difference: "any component of a vector",
});
