import type { Device } from "../contracts/load-options.js";
import type { ModelSource } from "../model-source/onnx-source.js";

/** All that is needed to open a session, once more if its worker died. Survives structured cloning. */
export interface SessionSpec extends ModelSource {
  /** What users call the model, for messages. */
  readonly model: string;
  readonly device: Device;
  /** Compute threads, all sessions together. Minimum 1. */
  readonly threads: number;
  /** Leaves the weights unpacked: they stay in the file's pages, and matrix products are somewhat slower. */
  readonly lowMemory: boolean;
}
