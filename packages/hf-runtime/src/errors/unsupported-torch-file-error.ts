import { SecondpassError } from "@secondpass/core";

/** Thrown if a PyTorch file holds more than a state dict of plain tensors. No code in it is ever run. */
export class UnsupportedTorchFileError extends SecondpassError {
  override readonly name = "UnsupportedTorchFileError";

  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(
      `Expected ${file} to have a state dict of plain tensors, as torch.save(model.state_dict(), file) writes it: ${reason}. ` +
        "If you trust the file, convert it once, in Python: import torch; from safetensors.torch import save_file; " +
        'save_file({name: tensor.contiguous().clone() for name, tensor in torch.load("file").items()}, "model.safetensors").',
    );
  }
}
