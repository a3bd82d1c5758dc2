import type { Device } from "../contracts/load-options.js";

/** All that is needed to open a session, once more if its worker died. Survives structured cloning. */
export interface SessionSpec {
  /** What users call the model, for messages. */
  readonly model: string;
  /** A serialised ONNX model, or the path of one (onnxruntime then reads the file itself). */
  readonly source: Uint8Array | string;
  /** Real path of the folder that the model's external weights are relative to. */
  readonly weightsFolder: string | undefined;
  readonly device: Device;
  /** Bytes, about, that every session on the model has of its own, even with its weights unpacked. */
  readonly ownBytes: number;
  /** Bytes, about, that packed weights take besides. */
  readonly packedBytes: number;
  /** Compute threads, all sessions together. Minimum 1. */
  readonly threads: number;
  /** Leaves the weights unpacked: they stay in the file's pages, and matrix products are somewhat slower. */
  readonly lowMemory: boolean;
}
