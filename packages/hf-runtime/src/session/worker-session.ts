import { onAbort } from "@secondpass/core";
import { InferenceError } from "../errors/inference-error.js";
import { SessionCrashedError } from "../errors/session-crashed-error.js";
import { SessionDisposedError } from "../errors/session-disposed-error.js";
import { SessionLoadError } from "../errors/session-load-error.js";
import { UnsupportedDeviceError } from "../errors/unsupported-device-error.js";
import type { InferenceSession, InputTensor, OutputTensor, TensorPort } from "./inference-session.js";
import { onnxRuntimePath } from "./onnx-runtime-path.js";
import type { OpenAnswer, OpenBody } from "./open-body.js";
import type { RawTensor } from "./raw-tensor.js";
import type { RunBody } from "./run-body.js";
import { sessionOptions } from "./session-options.js";
import type { SessionSpec } from "./session-spec.js";
import { toFloat32 } from "./to-float32.js";
import { type SpawnWorker, WorkerConnection } from "./worker-connection.js";

/** A worker with the model loaded. */
interface OpenWorker {
  readonly connection: WorkerConnection;
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
}

export interface WorkerSessionOptions {
  /** Ends the opening; the worker is stopped. */
  readonly signal?: AbortSignal;
  /** Whether the process may end before the model is open. @default false */
  readonly background?: boolean;
  /** Starts a worker, for tests. */
  readonly spawn?: SpawnWorker;
}

/** A session in its own worker thread, so that computing never blocks the caller's event loop. */
export class WorkerSession implements InferenceSession {
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
  readonly parallelism = 1;
  readonly #spec: SessionSpec;
  readonly #spawn: SpawnWorker | undefined;
  #worker: Promise<OpenWorker>;
  #disposed: Promise<void> | undefined;

  /** @throws UnsupportedDeviceError, SessionLoadError, OnnxRuntimeMissingError, or the signal's reason */
  static async open(spec: SessionSpec, options: WorkerSessionOptions = {}): Promise<WorkerSession> {
    return new WorkerSession(spec, await openWorker(spec, options), options.spawn);
  }

  private constructor(spec: SessionSpec, worker: OpenWorker, spawn: SpawnWorker | undefined) {
    this.#spec = spec;
    this.#spawn = spawn;
    this.inputs = worker.inputs;
    this.outputs = worker.outputs;
    this.#worker = Promise.resolve(worker);
  }

  async run(feeds: Readonly<Record<string, InputTensor>>, output: string): Promise<OutputTensor> {
    const connection = await this.#living();
    const body: RunBody = { feeds, output };
    const raw = await connection.ask<RawTensor>(
      "run",
      body,
      (why) => new InferenceError(this.#spec.model, why),
    );
    return { data: toFloat32(this.#spec.model, raw), dims: raw.dims };
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#close();
    return this.#disposed;
  }

  /** The worker, or a fresh one where it ended by itself; callers who notice together share the fresh one. */
  async #living(): Promise<WorkerConnection> {
    if (this.#disposed) throw new SessionDisposedError(this.#spec.model);
    const known = this.#worker;
    const worker = await known.catch(() => undefined);
    if (worker && !worker.connection.ended) return worker.connection;
    if (this.#disposed) throw new SessionDisposedError(this.#spec.model);
    if (this.#worker === known) this.#worker = openWorker(this.#spec, { spawn: this.#spawn });
    return (await this.#worker).connection;
  }

  async #close(): Promise<void> {
    const worker = await this.#worker.catch(() => undefined);
    await worker?.connection.end(new SessionDisposedError(this.#spec.model));
  }
}

async function openWorker(
  spec: SessionSpec,
  { signal, background, spawn }: WorkerSessionOptions,
): Promise<OpenWorker> {
  signal?.throwIfAborted();
  const body: OpenBody = {
    runtimePath: onnxRuntimePath(),
    source: spec.source,
    device: spec.device,
    options: sessionOptions(spec),
  };
  const connection = new WorkerConnection((end) => new SessionCrashedError(spec.model, end), spawn);
  const undo = onAbort(signal, () => void connection.end(signal?.reason));
  try {
    const answer = await connection.ask<OpenAnswer>(
      "open",
      body,
      (why) => new SessionLoadError(spec.model, spec.device, why),
      background,
    );
    if ("available" in answer) throw new UnsupportedDeviceError(spec.device, answer.available);
    return { connection, inputs: answer.inputs, outputs: answer.outputs };
  } catch (error) {
    // A load that failed leaves no thread behind.
    await connection.end(error);
    throw error;
  } finally {
    undo();
  }
}
