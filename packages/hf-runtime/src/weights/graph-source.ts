import { SecondpassError } from "../errors/secondpass-error.js";
import type { ModelFiles } from "../files/model-files.js";
import type { ModelSource } from "./onnx-source.js";

/** What the graph ends in: token vectors, or a classifier's logits. */
export type GraphTask = "encoder" | "classifier";

/** Builds the graph of a repository that has safetensors. */
export async function graphSource(
  files: ModelFiles,
  _task: GraphTask,
  _precision: "fp32" | "int8",
): Promise<ModelSource> {
  throw new SecondpassError(`Not built yet: a graph from the safetensors of ${files.model}.`);
}
