import { SecondpassError } from "@secondpass/core";

/** Thrown if the installed build of onnxruntime-node has no execution provider for the requested device. */
export class UnsupportedDeviceError extends SecondpassError {
  override readonly name = "UnsupportedDeviceError";

  constructor(
    readonly device: string,
    readonly available: readonly string[],
  ) {
    super(
      `Expected a device that this build of onnxruntime-node has (${available.join(", ")}), got "${device}". ` +
        'Choose one of them; "cpu" is always available.',
    );
  }
}
