import type {
  InferenceSession,
  InputTensor,
  OutputTensor,
  PassOptions,
  TensorPort,
} from "./inference-session.js";
import { RemoteSession, type RemoteSessionOptions } from "./remote-session.js";
import type { SessionSpec } from "./session-spec.js";

/**
 * A session that is ready early: it computes with unpacked weights while a second worker packs them. That worker takes over when it is
 * ready. Packing takes most of the loading time, because every weight is read and copied.
 */
export class PackingSession implements InferenceSession {
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
  readonly parallelism = 1;
  readonly #packing = new AbortController();
  readonly #packed: Promise<void>;
  readonly #sessions: InferenceSession[];
  #session: Promise<InferenceSession>;
  /** The last requested pass. Its session answers it after all others. */
  #last: Promise<unknown> = Promise.resolve();

  /** @throws what {@link RemoteSession.open} throws. If packing fails, the weights stay unpacked */
  static async open(spec: SessionSpec, options: RemoteSessionOptions = {}): Promise<PackingSession> {
    const unpacked = await RemoteSession.open({ ...spec, lowMemory: true }, options);
    return new PackingSession(spec, unpacked, options);
  }

  private constructor(spec: SessionSpec, unpacked: InferenceSession, options: RemoteSessionOptions) {
    this.inputs = unpacked.inputs;
    this.outputs = unpacked.outputs;
    this.#sessions = [unpacked];
    this.#session = Promise.resolve(unpacked);
    const behind = { ...options, signal: this.#packing.signal, background: true };
    this.#packed = RemoteSession.open(spec, behind).then(
      (packed) => this.#takeOver(unpacked, packed),
      () => {},
    );
  }

  async run(
    feeds: Readonly<Record<string, InputTensor>>,
    output: string,
    options?: PassOptions,
  ): Promise<OutputTensor> {
    const pass = this.#session.then((session) => session.run(feeds, output, options));
    this.#last = pass;
    return pass;
  }

  async dispose(): Promise<void> {
    this.#packing.abort();
    const closing = this.#sessions.map((session) => session.dispose());
    await this.#packed;
    await Promise.all([...closing, ...this.#sessions.map((session) => session.dispose())]);
  }

  /** Passes that are requested from now on wait for earlier ones. */
  #takeOver(unpacked: InferenceSession, packed: InferenceSession): void {
    this.#sessions.push(packed);
    const before = this.#last.catch(() => {});
    this.#session = before.then(async () => {
      await unpacked.dispose();
      return packed;
    });
  }
}
