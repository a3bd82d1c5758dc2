import type { Device } from "../contracts/load-options.js";
import type { ModelSource } from "../model-source/onnx-source.js";

/** Everything needed to open a session, and to open it again if its worker dies. It can be cloned (structured clone). */
export interface SessionSpec extends ModelSource {
  /** The user's name of the model, for messages. */
  readonly model: string;
  readonly device: Device;
  /** Compute threads of all sessions together. Minimum 1. */
  readonly threads: number;
  /** Whether to leave the weights unpacked: they stay in the file's memory pages, and matrix products are somewhat slower. */
  readonly lowMemory: boolean;
}
