/**
 * Measures how fast texts are embedded, compared with the strongest peers on a CPU: ONNX Runtime, OpenVINO, CTranslate2, torch and fastembed (Python),
 * transformers.js and llama.cpp (Node), on the same weights, tokenizer and texts. See rerank/run.mjs, which has the same options.
 *
 *     npm run bench -- embed [--models minilm-l6,bert-base,modernbert-base] [--texts 20,100] [--tokens 512] [--only ours,openvino] [--runs 15] [--seconds 90]
 *       [--threads 2] [--keep] [--quick] [--json]
 */
import { compare } from "../encoders/compare.mjs";

await compare("embed", { models: "minilm-l6,bert-base,modernbert-base", quickModels: "minilm-l6" });
