import { buildGraph } from "./graph/build-graph.js";
import { findWeightFiles } from "./model-source/find-weight-files.js";
import type { ModelFiles } from "./model-source/model-files.js";
import type { ModelSource } from "./model-source/onnx-source.js";

const CONFIG = "config.json";

/** What the graph ends in: token vectors, of all tokens or of the first alone, or a classifier's logits. */
export type GraphTask = "encode" | "encode-first-token" | "classify";

/**
 * Builds the graph of a repository that has safetensors. float32 uses the weights where they lie; for int8 they are quantised
 * once, into a file beside the model.
 */
export async function graphSource(
  files: ModelFiles,
  task: GraphTask,
  dtype: "fp32" | "int8",
  device: string,
): Promise<ModelSource> {
  // Before the weights are downloaded: without it nothing can be built of them. This tells where it is missing.
  await files.localPath(CONFIG);
  const [config, weightFiles] = await Promise.all([
    files.readJson<Record<string, unknown>>(CONFIG),
    findWeightFiles(files),
  ]);
  const { bytes, weightsFolder, ownBytes, packedBytes } = await buildGraph({
    config: config ?? {},
    weightFiles,
    task: task === "classify" ? "classify" : "encode",
    firstTokenOnly: task === "encode-first-token",
    dtype,
    operators: device === "cpu" ? "onnxruntime" : "standard",
  });
  return { source: bytes, weightsFolder, ownBytes, packedBytes };
}
