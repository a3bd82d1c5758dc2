/**
 * Writes onnx/model.onnx next to each model's safetensors, for transformers.js and other ONNX runtimes. It has the same float16
 * weights and computes in float32. The build makes it, so that the repository contains the weights only once.
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
  // Write to a temporary name first, so that an interrupted build leaves no incomplete model.
  await writeFile(`${folder}onnx/model.onnx.part`, bytes);
  await rename(`${folder}onnx/model.onnx.part`, `${folder}onnx/model.onnx`);
}
