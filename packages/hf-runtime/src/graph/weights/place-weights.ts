import { open } from "node:fs/promises";
import { dirname, parse, relative, resolve, sep } from "node:path";
import { readFully } from "@secondpass/core/node";
import { MalformedSafetensorsError } from "../../errors/malformed-safetensors-error.js";
import { OnnxSizeError } from "../../errors/onnx-size-error.js";
import { WeightShapeError } from "../../errors/weight-shape-error.js";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";
import { SAFETENSORS_DTYPES } from "../../safetensors/safetensors-dtype.js";
import type { ExternalData, GraphBuilder } from "../onnx/graph-builder.js";

/**
 * The deepest folder that holds all `files`, from which onnxruntime finds them: it refuses absolute paths and links that
 * leave the folder. Undefined where they share none (two drives on Windows).
 */
export function commonFolder(files: readonly string[]): string | undefined {
  const [first, ...others] = files.map((file) => dirname(resolve(file)));
  if (first === undefined) return undefined;
  const { root } = parse(first);
  let common = first.slice(root.length).split(sep);
  for (const folder of others) {
    if (parse(folder).root !== root) return undefined;
    const parts = folder.slice(root.length).split(sep);
    const length = common.findIndex((part, i) => part !== parts[i]);
    if (length !== -1) common = common.slice(0, length);
  }
  return root + common.join(sep);
}

/** Where a graph whose data is looked for in `folder` finds part of `file`. */
export function externalData(folder: string, file: string, offset: number, length: number): ExternalData {
  return { location: relative(folder, resolve(file)).split(sep).join("/"), offset, length };
}

/** Adds the weights to the graph as references into their files. */
export function referWeights(graph: GraphBuilder, tensors: Iterable<TensorLocation>, folder: string): void {
  for (const tensor of tensors) {
    const data = externalData(folder, tensor.file, tensor.offset, tensor.length);
    graph.external(tensor.name, elementTypeOf(tensor), tensor.shape, data);
  }
}

/** What a protobuf message may have at most. */
const MAX_ONNX_BYTES = 2 ** 31 - 1;

/**
 * Adds the weights to the graph as bytes of its own.
 *
 * @throws OnnxSizeError
 */
export async function embedWeights(graph: GraphBuilder, tensors: readonly TensorLocation[]): Promise<void> {
  const total = tensors.reduce((sum, tensor) => sum + tensor.length, 0);
  if (total > MAX_ONNX_BYTES) throw new OnnxSizeError(total, MAX_ONNX_BYTES);
  for (const tensor of tensors) embedTensors(graph, [{ ...tensor, bytes: await readTensor(tensor) }]);
}

/** A tensor with its bytes at hand. */
export interface TensorBytes {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export function embedTensors(graph: GraphBuilder, tensors: Iterable<TensorBytes>): void {
  for (const tensor of tensors)
    graph.constant(tensor.name, elementTypeOf(tensor), tensor.shape, tensor.bytes);
}

/** The bytes of a tensor, in a buffer of their own. */
export async function readTensor(tensor: TensorLocation): Promise<Uint8Array> {
  const handle = await open(tensor.file, "r");
  try {
    const bytes = new Uint8Array(tensor.length);
    if ((await readFully(handle, bytes, tensor.offset)) < bytes.length) {
      throw new MalformedSafetensorsError(tensor.file, `it ended within tensor "${tensor.name}"`);
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

function elementTypeOf(tensor: Pick<TensorLocation, "name" | "dtype">) {
  const dtype = SAFETENSORS_DTYPES[tensor.dtype];
  if (dtype === undefined) throw new WeightShapeError(tensor.name, "F32, F16 or BF16", tensor.dtype);
  return dtype.type;
}
