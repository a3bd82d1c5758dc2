import { InThreadSession } from "./in-thread-session.js";
import type { InferenceSession } from "./inference-session.js";
import type { SessionSpec } from "./session-spec.js";
import { WorkerSession } from "./worker-session.js";

export interface OpenSessionOptions {
  /** A thread of its own, or the caller's. @default true */
  readonly worker?: boolean;
  /** Ends the opening; a worker already started is stopped. */
  readonly signal?: AbortSignal;
}

/**
 * Loads a model and makes it ready to compute.
 * @throws UnsupportedDeviceError, SessionLoadError, OnnxRuntimeMissingError, or the signal's reason
 */
export function openSession(
  spec: SessionSpec,
  { worker = true, signal }: OpenSessionOptions = {},
): Promise<InferenceSession> {
  return worker ? WorkerSession.open(spec, signal) : InThreadSession.open(spec, signal);
}
