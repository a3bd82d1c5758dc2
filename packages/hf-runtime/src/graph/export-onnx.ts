import { access } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { checkKnownOptions, checkObject, checkOneOf, checkTexts } from "@secondpass/core";
import { withFileAccess } from "../model-source/with-file-access.js";
import { type BuildGraphOptions, buildGraph } from "./build-graph.js";

/** Options of {@link exportOnnx}. */
export type ExportOnnxOptions = Pick<BuildGraphOptions, "config" | "weightFiles" | "task">;

const TASKS = [
  "encode",
  "classify",
  "fill-mask",
  "classify-tokens",
] as const satisfies readonly ExportOnnxOptions["task"][];

/**
 * Makes a self-contained ONNX file from config.json and model.safetensors, which transformers.js and other ONNX runtimes read as
 * `onnx/model.onnx`. The inputs are int64 [batch, tokens] (`input_ids`, `attention_mask`, and `token_type_ids` if the model has segments); the
 * output is `last_hidden_state` or `logits`. Weights keep their type: float16 stays at two bytes. It uses onnxruntime's own operators
 * (com.microsoft), which all of its builds have. At most 2 GB.
 *
 * @throws InvalidOptionError, UnknownOptionError, ModelFileAccessError
 * @throws the same as {@link buildGraph}
 */
export async function exportOnnx(options: ExportOnnxOptions): Promise<Uint8Array> {
  checkKnownOptions(options, ["config", "weightFiles", "task"], "exportOnnx");
  const { config, weightFiles, task }: Partial<ExportOnnxOptions> = options ?? {};
  checkObject("config", config, "config.json, parsed");
  checkTexts(weightFiles, "weightFiles");
  checkOneOf("task", task, TASKS);
  for (const file of weightFiles) await withFileAccess(dirname(file), basename(file), () => access(file));
  const graph = await buildGraph({ ...options, weights: "embedded", inputType: "int64" });
  return graph.bytes;
}
