import { open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { MalformedSafetensorsError } from "../errors/malformed-safetensors-error.js";
import type { TensorLocation } from "./read-safetensors-header.js";

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
