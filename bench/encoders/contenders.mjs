const BATCHES = ["1", "4", "8", "all"];
const EVERY_WAY = [...BATCHES, "side by side"];

const BF16 = ["amx_bf16", "avx512_bf16", "bf16"];

const python = (engine, dtype, more) => ({ engine, dtype, program: "python", ways: EVERY_WAY, ...more });
const node = (engine, dtype, more) => ({ engine, dtype, program: "node", ways: ["all"], ...more });

/**
 * The contenders. `form`: the form of the model that convert.py makes. `bytes`: of a parameter in memory, all copies together. `isExact`: computes in float32.
 * `needs`: one of these instruction sets, without which it only emulates. `task`: its only task.
 */
export const CONTENDERS = {
  "ours-fp32": node("ours", "fp32", { isOurs: true, isExact: true, bytes: 8 }),
  "ours-int8": node("ours", "int8", { isOurs: true, bytes: 4 }),
  "torch-f32": python("torch", "f32", { isExact: true, bytes: 5 }),
  "torch-bf16": python("torch", "bf16", { bytes: 4, needs: BF16 }),
  "onnxruntime-fp32": python("onnxruntime", "f32", { isExact: true, bytes: 10, form: "onnx" }),
  "onnxruntime-q8": python("onnxruntime", "q8", { bytes: 4, form: "onnx-q8" }),
  "openvino-f32": python("openvino", "f32", { isExact: true, bytes: 10, form: "openvino" }),
  "openvino-bf16": python("openvino", "bf16", { bytes: 10, form: "openvino", needs: BF16 }),
  "ctranslate2-int8": python("ctranslate2", "int8", { bytes: 3, form: "ctranslate2" }),
  "transformers.js-fp32": node("transformers.js", "f32", {
    ways: BATCHES,
    isExact: true,
    bytes: 6,
    form: "onnx",
  }),
  "transformers.js-q8": node("transformers.js", "q8", { ways: BATCHES, bytes: 4, form: "onnx-q8" }),
  "fastembed-fp32": python("fastembed", "f32", {
    ways: BATCHES,
    isExact: true,
    bytes: 6,
    form: "onnx",
    task: "embed",
  }),
  "fastembed-q8": python("fastembed", "q8", { ways: BATCHES, bytes: 4, form: "onnx-q8", task: "embed" }),
  "llama.cpp-q8_0": node("llama.cpp", "q8_0", { ways: ["1"], bytes: 3, form: "gguf" }),
};
