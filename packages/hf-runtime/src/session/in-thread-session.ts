import type { InferenceSession as OrtSession } from "onnxruntime-node";
import { InferenceError } from "../errors/inference-error.js";
import { messageOf } from "../errors/message-of.js";
import { SessionDisposedError } from "../errors/session-disposed-error.js";
import { SessionLoadError } from "../errors/session-load-error.js";
import { UnsupportedDeviceError } from "../errors/unsupported-device-error.js";
import type {
  InferenceSession,
  InputTensor,
  OutputTensor,
  PassOptions,
  TensorPort,
} from "./inference-session.js";
import { requireOnnxRuntime } from "./require-onnx-runtime.js";
import { sessionOptions } from "./session-options.js";
import type { SessionSpec } from "./session-spec.js";
import { toFloat32 } from "./to-float32.js";
import { toMainRealm } from "./to-main-realm.js";

type Runtime = typeof import("onnxruntime-node");

/** A session on the calling thread. It needs no worker, but blocks the event loop during every forward pass. */
export class InThreadSession implements InferenceSession {
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
  readonly parallelism = 1;
  #last: Promise<unknown> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  /** @throws UnsupportedDeviceError, SessionLoadError, OnnxRuntimeMissingError, OnnxRuntimeLoadError, or the signal's reason */
  static async open(spec: SessionSpec, signal?: AbortSignal): Promise<InThreadSession> {
    signal?.throwIfAborted();
    const runtime = requireOnnxRuntime();
    const available = runtime.listSupportedBackends().map(({ name }) => name);
    if (!available.includes(spec.device)) throw new UnsupportedDeviceError(spec.device, available);
    try {
      return new InThreadSession(spec.model, runtime, await createSession(runtime, spec));
    } catch (error) {
      throw new SessionLoadError(spec.model, spec.device, messageOf(error), { cause: error });
    }
  }

  private constructor(
    private readonly model: string,
    private readonly runtime: Runtime,
    private readonly session: OrtSession,
  ) {
    this.inputs = session.inputMetadata.map(toPort);
    this.outputs = session.outputMetadata.map(toPort);
  }

  async run(
    feeds: Readonly<Record<string, InputTensor>>,
    output: string,
    { signal }: PassOptions = {},
  ): Promise<OutputTensor> {
    // One after another, so that the event loop runs between passes, and cancelled passes are skipped.
    const pass = this.#last.then(() => {
      signal?.throwIfAborted();
      return this.#compute(feeds, output);
    });
    this.#last = pass.catch(() => {});
    return pass;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.session.release();
    return this.#disposed;
  }

  async #compute(feeds: Readonly<Record<string, InputTensor>>, output: string): Promise<OutputTensor> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    const tensors = Object.entries(feeds).map(([name, { type, data, dims }]) => [
      name,
      new this.runtime.Tensor(type, toMainRealm(data), dims),
    ]);
    try {
      const result = (await this.session.run(Object.fromEntries(tensors), [output]))[output]!;
      const raw = { type: result.type, data: result.data as ArrayBufferView, dims: result.dims };
      return { data: toFloat32(this.model, raw), dims: raw.dims };
    } catch (error) {
      if (this.#disposed) throw new SessionDisposedError(this.model);
      throw new InferenceError(this.model, messageOf(error), { cause: error });
    }
  }
}

function createSession(runtime: Runtime, spec: SessionSpec): Promise<OrtSession> {
  const { source } = spec;
  return typeof source === "string"
    ? runtime.InferenceSession.create(source, sessionOptions(spec))
    : runtime.InferenceSession.create(toMainRealm(source), sessionOptions(spec));
}

function toPort(metadata: OrtSession.ValueMetadata): TensorPort {
  if (!metadata.isTensor) return { name: metadata.name, type: "not a tensor" };
  return { name: metadata.name, type: metadata.type, shape: metadata.shape };
}
