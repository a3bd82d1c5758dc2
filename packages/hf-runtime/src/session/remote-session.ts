import { onAbort } from "@secondpass/core";
import { InferenceError } from "../errors/inference-error.js";
import { OnnxRuntimeLoadError } from "../errors/onnx-runtime-load-error.js";
import { SessionCrashedError } from "../errors/session-crashed-error.js";
import { SessionDisposedError } from "../errors/session-disposed-error.js";
import { SessionLoadError } from "../errors/session-load-error.js";
import { UnsupportedDeviceError } from "../errors/unsupported-device-error.js";
import type { Connect, Connection } from "./connection.js";
import type {
  InferenceSession,
  InputTensor,
  OutputTensor,
  PassOptions,
  TensorPort,
} from "./inference-session.js";
import { onnxRuntimePath } from "./onnx-runtime-path.js";
import type { OpenAnswer, OpenBody } from "./open-body.js";
import type { RawTensor } from "./raw-tensor.js";
import type { RunBody } from "./run-body.js";
import { sessionOptions } from "./session-options.js";
import type { SessionSpec } from "./session-spec.js";
import { toFloat32 } from "./to-float32.js";
import { connectToWorker } from "./worker-connection.js";

/** A remote session whose model is loaded. */
interface OpenSession {
  readonly connection: Connection;
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
}

export interface RemoteSessionOptions {
  /** Aborts opening; the worker or process is stopped. */
  readonly signal?: AbortSignal;
  /** Whether this process may end before the model is open. @default false */
  readonly background?: boolean;
  /** Starts a worker or a process. @default a worker thread of this process */
  readonly connect?: Connect;
}

/** Requests reject with this if their process was ended because of a cancelled pass. They are sent again. */
const ABANDONED = Symbol("abandoned");

/** A session in its own worker thread, or in another process, so that computing never blocks the caller's event loop. */
export class RemoteSession implements InferenceSession {
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
  readonly parallelism = 1;
  readonly #spec: SessionSpec;
  readonly #connect: Connect | undefined;
  #session: Promise<OpenSession>;
  #disposed: Promise<void> | undefined;

  /** @throws UnsupportedDeviceError, SessionLoadError, OnnxRuntimeMissingError, OnnxRuntimeLoadError, or the signal's reason */
  static async open(spec: SessionSpec, options: RemoteSessionOptions = {}): Promise<RemoteSession> {
    return new RemoteSession(spec, await openSession(spec, options), options.connect);
  }

  private constructor(spec: SessionSpec, session: OpenSession, connect: Connect | undefined) {
    this.#spec = spec;
    this.#connect = connect;
    this.inputs = session.inputs;
    this.outputs = session.outputs;
    this.#session = Promise.resolve(session);
  }

  async run(
    feeds: Readonly<Record<string, InputTensor>>,
    output: string,
    { signal }: PassOptions = {},
  ): Promise<OutputTensor> {
    const body: RunBody = { feeds, output };
    for (;;) {
      const connection = await this.#living();
      signal?.throwIfAborted();
      try {
        const raw = await connection.request<RawTensor>(
          "run",
          body,
          (why) => new InferenceError(this.#spec.model, why),
          { signal },
        );
        return { data: toFloat32(this.#spec.model, raw), dims: raw.dims };
      } catch (error) {
        if (error !== ABANDONED) throw error;
      }
    }
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#close();
    return this.#disposed;
  }

  /** The session's connection, or a fresh one if it has ended by itself. Concurrent callers share the fresh one. */
  async #living(): Promise<Connection> {
    if (this.#disposed) throw new SessionDisposedError(this.#spec.model);
    const known = this.#session;
    const session = await known.catch(() => undefined);
    if (session && !session.connection.ended) return session.connection;
    if (this.#disposed) throw new SessionDisposedError(this.#spec.model);
    if (this.#session === known) this.#session = openSession(this.#spec, { connect: this.#connect });
    return (await this.#session).connection;
  }

  async #close(): Promise<void> {
    const session = await this.#session.catch(() => undefined);
    await session?.connection.end(new SessionDisposedError(this.#spec.model));
  }
}

async function openSession(
  spec: SessionSpec,
  { signal, background, connect = connectToWorker() }: RemoteSessionOptions,
): Promise<OpenSession> {
  signal?.throwIfAborted();
  const body: OpenBody = {
    runtimePath: onnxRuntimePath(),
    source: spec.source,
    device: spec.device,
    options: sessionOptions(spec),
  };
  const connection = connect((end) => (end.abandoned ? ABANDONED : new SessionCrashedError(spec.model, end)));
  const undo = onAbort(signal, () => void connection.end(signal?.reason));
  try {
    const answer = await connection.request<OpenAnswer>(
      "open",
      body,
      (why) => new SessionLoadError(spec.model, spec.device, why),
      { background },
    );
    if ("unloadable" in answer) throw new OnnxRuntimeLoadError(body.runtimePath, answer.unloadable);
    if ("available" in answer) throw new UnsupportedDeviceError(spec.device, answer.available);
    return { connection, inputs: answer.inputs, outputs: answer.outputs };
  } catch (error) {
    // After a failed load, no thread or process is left.
    await connection.end(error);
    throw error;
  } finally {
    undo();
  }
}
