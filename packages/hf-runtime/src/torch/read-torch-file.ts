import type { TensorLocation } from "../safetensors/tensor-location.js";
import { locateTensors } from "./locate-tensors.js";
import { openTorchArchive } from "./open-torch-archive.js";
import { readPickle } from "./read-pickle.js";

/**
 * Reads what tensors a file of `torch.save` (PyTorch 1.6 or newer) has: a zip archive of a pickle and of each storage's bytes, stored
 * as they are. The tensors stay where they are, as those of a safetensors file; nothing in the file is run.
 *
 * @throws UnsupportedTorchFileError for what is not a state dict of tensors, MalformedTorchFileError for a file that is cut or odd
 * @see https://docs.pytorch.org/docs/stable/notes/serialization.html
 */
export async function readTorchFile(file: string): Promise<TensorLocation[]> {
  const archive = await openTorchArchive(file);
  const { value } = await readPickle(file, archive.pickle);
  return locateTensors(file, value, archive.placeOf);
}
