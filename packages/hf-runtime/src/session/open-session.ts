import { InThreadSession } from "./in-thread-session.js";
import type { InferenceSession } from "./inference-session.js";
import { leaveTelemetryOff } from "./leave-telemetry-off.js";
import { PackingSession } from "./packing-session.js";
import { SessionPool } from "./session-pool.js";
import type { SessionSpec } from "./session-spec.js";
import { WorkerSession } from "./worker-session.js";

export interface OpenSessionOptions {
  /** Worker threads, or the caller's thread. @default true */
  readonly worker?: boolean;
  /** Ends the opening; a worker already started is stopped. */
  readonly signal?: AbortSignal;
  /** Opens the workers that only calls of many texts need when the first call is over. @default false */
  readonly deferWorkers?: boolean;
}

/** What the sessions of a pool may take, all together: with two threads, enough for MiniLM in float32 and for base-sized models in int8. */
const MOST_POOLED_BYTES = 256 * 2 ** 20;

/** Weights that are packed in less than 50 ms or so need not be packed behind. */
const LEAST_PACKED_BEHIND_BYTES = 32 * 2 ** 20;

/**
 * Loads a model and makes it ready to compute.
 * @throws UnsupportedDeviceError, SessionLoadError, OnnxRuntimeMissingError, or the signal's reason
 */
export function openSession(
  spec: SessionSpec,
  { worker = true, signal, deferWorkers }: OpenSessionOptions = {},
): Promise<InferenceSession> {
  leaveTelemetryOff();
  if (!worker) return InThreadSession.open(spec, signal);
  const { device, threads, lowMemory, ownBytes, packedBytes } = spec;
  if (device !== "cpu" || lowMemory) return WorkerSession.open(spec, { signal });
  // A worker for each thread, and one with all of them.
  if (threads > 1 && (ownBytes + packedBytes) * (threads + 1) <= MOST_POOLED_BYTES) {
    return SessionPool.open(spec, { signal, deferWorkers });
  }
  const quick = packedBytes >= LEAST_PACKED_BEHIND_BYTES && ownBytes < packedBytes / 4;
  return quick ? PackingSession.open(spec, { signal }) : WorkerSession.open(spec, { signal });
}
