import { OnnxSizeError } from "../../errors/onnx-size-error.js";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";
import { readTensor } from "../../safetensors/read-tensor.js";
import type { GraphBuilder } from "../onnx/graph-builder.js";
import { embedTensors } from "./embed-tensors.js";

/** Maximum size of a protobuf message. */
const MAX_ONNX_BYTES = 2 ** 31 - 1;

/**
 * Reads weights from their files and adds them to the graph as bytes inside it.
 *
 * @throws OnnxSizeError if they are too large for one file
 */
export async function embedWeights(graph: GraphBuilder, tensors: readonly TensorLocation[]): Promise<void> {
  const total = tensors.reduce((sum, tensor) => sum + tensor.length, 0);
  if (total > MAX_ONNX_BYTES) throw new OnnxSizeError(total, MAX_ONNX_BYTES);
  for (const tensor of tensors) embedTensors(graph, [{ ...tensor, bytes: await readTensor(tensor) }]);
}
