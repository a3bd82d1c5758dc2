import type { Isolation } from "../contracts/load-options.js";
import { chooseIsolation } from "./choose-isolation.js";
import type { Connect } from "./connection.js";
import { InThreadSession } from "./in-thread-session.js";
import type { InferenceSession } from "./inference-session.js";
import { leaveTelemetryOff } from "./leave-telemetry-off.js";
import { maxPooledBytes } from "./max-pooled-bytes.js";
import { PackingSession } from "./packing-session.js";
import { connectToProcess } from "./process-connection.js";
import { RemoteSession } from "./remote-session.js";
import { SessionPool } from "./session-pool.js";
import type { SessionSpec } from "./session-spec.js";
import { connectToWorker } from "./worker-connection.js";

export interface OpenSessionOptions {
  /** Preferred place to compute, used if it is safe: see {@link chooseIsolation}. @default "worker" */
  readonly isolation?: Isolation;
  /** Aborts opening; a worker or process that has started is stopped. */
  readonly signal?: AbortSignal;
  /** Connects to worker threads. @default starts one for each session */
  readonly connectToWorkers?: Connect;
  /** Opens the workers that only calls with many texts need after the first call, not before. @default false */
  readonly deferWorkers?: boolean;
  /** Maximum memory of all sessions of a pool together, in bytes. @default see {@link maxPooledBytes} */
  readonly pooledBytes?: number;
}

/** Smaller weights are packed in about 50 ms, so packing them in the background is not worth it. */
const MIN_PACKED_BEHIND_BYTES = 32 * 2 ** 20;

/**
 * Loads a model and makes it ready to compute.
 * @throws UnsupportedDeviceError, SessionLoadError, SessionCrashedError, OnnxRuntimeMissingError, OnnxRuntimeLoadError, or the signal's reason
 */
export function openSession(
  spec: SessionSpec,
  {
    isolation = "worker",
    signal,
    connectToWorkers = connectToWorker(),
    deferWorkers,
    pooledBytes = maxPooledBytes(),
  }: OpenSessionOptions = {},
): Promise<InferenceSession> {
  const place = chooseIsolation(isolation, spec);
  if (place !== "process") leaveTelemetryOff();
  if (place === "none") return InThreadSession.open(spec, signal);
  const connect = place === "process" ? connectToProcess() : connectToWorkers;
  const { device, threads, lowMemory, ownBytes, packedBytes } = spec;
  if (device !== "cpu" || lowMemory) return RemoteSession.open(spec, { signal, connect });
  const packsBehind = packedBytes >= MIN_PACKED_BEHIND_BYTES && ownBytes < packedBytes / 4;
  const open = packsBehind ? PackingSession.open : RemoteSession.open;
  // One worker for each thread, and one that uses all threads.
  if (threads > 1 && (ownBytes + packedBytes) * (threads + 1) <= pooledBytes) {
    return SessionPool.open(spec, {
      signal,
      connect,
      // Packing the weights of several large sessions side by side would delay the first calls.
      deferWorkers: deferWorkers || packsBehind,
      openAllThreads: open,
    });
  }
  return open(spec, { signal, connect });
}
