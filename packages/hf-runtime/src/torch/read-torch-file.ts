import type { TensorLocation } from "../safetensors/tensor-location.js";
import { locateTensors } from "./locate-tensors.js";
import { openTorchArchive } from "./open-torch-archive.js";
import { readPickle } from "./read-pickle.js";

/**
 * Reads the list of tensors in a file of `torch.save` (PyTorch 1.6 or newer): an uncompressed zip archive with a pickle and each storage's
 * bytes. The tensors themselves are not read, as with a safetensors file. No code in the file is run.
 *
 * @throws UnsupportedTorchFileError if it is not a state dict of tensors, MalformedTorchFileError if the file is cut or invalid
 * @see https://docs.pytorch.org/docs/stable/notes/serialization.html
 */
export async function readTorchFile(file: string): Promise<TensorLocation[]> {
  const archive = await openTorchArchive(file);
  const { value } = await readPickle(file, archive.pickle);
  return locateTensors(file, value, archive.placeOf);
}
