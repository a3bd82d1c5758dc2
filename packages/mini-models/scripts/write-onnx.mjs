/**
 * Writes onnx/model.onnx beside each model's safetensors, for transformers.js and other ONNX runtimes. It has the same float16
 * weights and computes in float32. Made by the build, so that the repository holds the weights once.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { exportOnnx } from "@secondpass/hf-runtime";

const MODELS = { embedder: "encode", reranker: "classify" };

for (const [name, task] of Object.entries(MODELS)) {
  const folder = fileURLToPath(new URL(`../models/${name}/`, import.meta.url));
  const config = JSON.parse(await readFile(`${folder}config.json`, "utf8"));
  const bytes = await exportOnnx({ config, weightFiles: [`${folder}model.safetensors`], task });
  await mkdir(`${folder}onnx`, { recursive: true });
  // Complete or not there: a build that is stopped leaves no half a model behind.
  await writeFile(`${folder}onnx/model.onnx.part`, bytes);
  await rename(`${folder}onnx/model.onnx.part`, `${folder}onnx/model.onnx`);
}
