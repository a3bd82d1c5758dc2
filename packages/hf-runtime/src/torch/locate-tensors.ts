import { describeValue, workSlices } from "@secondpass/core";
import { MalformedTorchFileError } from "../errors/malformed-torch-file-error.js";
import { UnsupportedTorchFileError } from "../errors/unsupported-torch-file-error.js";
import { DTYPE_BITS } from "../safetensors/dtype-bits.js";
import { rowMajorStrides } from "../safetensors/row-major-strides.js";
import type { TensorLocation } from "../safetensors/tensor-location.js";
import { TorchTensor } from "./torch-tensor.js";

/** Where a storage's bytes are in its file. */
export interface StoragePlace {
  readonly offset: number;
  readonly length: number;
}

/**
 * Locations of the tensors of a state dict. Tensors may share a storage. Values that are not tensors are left out, as in Python.
 *
 * @param value the pickle's value
 * @param placeOf returns a storage's location; undefined if the file has no storage of this name
 * @throws UnsupportedTorchFileError if the value is not a dict of tensors, MalformedTorchFileError if a tensor is not inside its storage
 */
export async function locateTensors(
  file: string,
  value: unknown,
  placeOf: (key: string) => StoragePlace | undefined,
): Promise<TensorLocation[]> {
  if (!(value instanceof Map))
    throw new UnsupportedTorchFileError(file, `it has ${kindOf(value)} instead of a dict`);
  const slices = workSlices(undefined, { stepsPerCheck: 100 });
  const tensors: TensorLocation[] = [];
  for (const [name, tensor] of value) {
    if (typeof name === "string" && tensor instanceof TorchTensor)
      tensors.push(locate(file, name, tensor, placeOf(tensor.storage.key)));
    if (slices.due()) await slices.pause();
  }
  if (tensors.length > 0 || value.size === 0) return tensors;
  const [[key, first]] = value as unknown as [[unknown, unknown]];
  throw new UnsupportedTorchFileError(
    file,
    `its entry ${describeValue(key)} is ${kindOf(first)}, not a tensor`,
  );
}

function locate(
  file: string,
  name: string,
  { storage, dtype, offset, shape, strides }: TorchTensor,
  place: StoragePlace | undefined,
): TensorLocation {
  const malformed = (reason: string) =>
    new MalformedTorchFileError(file, `tensor ${describeValue(name)} ${reason}`);
  if (place === undefined)
    throw malformed(`is in storage ${describeValue(storage.key)}, which the file does not have`);
  const bytes = DTYPE_BITS.get(dtype)! / 8;
  const count = shape.reduce((product, size) => product * size, 1);
  // Number of elements from the first to the last, both included.
  const span = count === 0 ? 0 : shape.reduce((sum, size, i) => sum + (size - 1) * strides[i]!, 1);
  const start = offset * bytes;
  if (start + span * bytes > place.length) {
    throw malformed(
      `ends at byte ${start + span * bytes} of storage ${describeValue(storage.key)}, which has ${place.length}`,
    );
  }
  const location = { name, dtype, shape, file, offset: place.offset + start, length: span * bytes };
  if (isRowMajor(shape, strides) || count === 0) return location;
  // With repeated numbers, a small file could need any amount of memory.
  if (count > span)
    throw new UnsupportedTorchFileError(file, `tensor ${describeValue(name)} repeats its numbers`);
  return { ...location, strides };
}

/** Whether a tensor is contiguous and row-major. The stride of a dimension of size 1 does not matter. */
function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  const usual = rowMajorStrides(shape);
  return shape.every((size, i) => size === 1 || strides[i] === usual[i]);
}

function kindOf(value: unknown): string {
  if (value instanceof TorchTensor) return "a tensor";
  if (value instanceof Map) return "a dict";
  return Array.isArray(value) ? "a list" : "a value of another kind";
}
