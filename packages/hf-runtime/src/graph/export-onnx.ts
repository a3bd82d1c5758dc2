import { type BuildGraphOptions, buildGraph } from "./build-graph.js";

/** What {@link exportOnnx} makes a file of. */
export type ExportOnnxOptions = Pick<BuildGraphOptions, "config" | "weightFiles" | "task">;

/**
 * Makes a whole ONNX file of config.json and model.safetensors: what transformers.js and other ONNX runtimes read as
 * `onnx/model.onnx`. Inputs are int64 [batch, tokens] (`input_ids`, `attention_mask`, and `token_type_ids` where the model
 * knows segments), the output is `last_hidden_state` or `logits`. Weights keep their type: float16 stays at two bytes. It uses
 * operators of onnxruntime's own (com.microsoft), which all of its builds have. At most 2 GB.
 *
 * @throws as {@link buildGraph} does
 */
export async function exportOnnx(options: ExportOnnxOptions): Promise<Uint8Array> {
  const graph = await buildGraph({ ...options, weights: "embedded", inputType: "int64" });
  return graph.bytes;
}
