import { type FileHandle, open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { MalformedSafetensorsError } from "../errors/malformed-safetensors-error.js";
import { gatherElements } from "./gather-elements.js";
import type { TensorLocation } from "./tensor-location.js";

/** Reads the bytes of a tensor, row-major, into their own buffer. */
export async function readTensor(tensor: TensorLocation): Promise<Uint8Array> {
  const handle = await open(tensor.file, "r");
  try {
    return await readTensorFrom(handle, tensor);
  } finally {
    await handle.close();
  }
}

/** {@link readTensor} from its file, which is open already. */
export async function readTensorFrom(handle: FileHandle, tensor: TensorLocation): Promise<Uint8Array> {
  const bytes = new Uint8Array(tensor.length);
  if ((await readFully(handle, bytes, tensor.offset)) < bytes.length) {
    throw new MalformedSafetensorsError(tensor.file, `it ended within tensor "${tensor.name}"`);
  }
  return tensor.strides === undefined ? bytes : gatherElements(bytes, tensor, tensor.strides);
}
