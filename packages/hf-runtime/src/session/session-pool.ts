import type { InferenceSession, InputTensor, OutputTensor, TensorPort } from "./inference-session.js";
import { openAll } from "./open-all.js";
import type { SessionSpec } from "./session-spec.js";
import { WorkerSession, type WorkerSessionOptions } from "./worker-session.js";

/** A worker with one thread, and the tokens of the passes that it was given and has not answered. */
interface Lane {
  readonly session: InferenceSession;
  tokens: number;
}

/**
 * One model in several workers. Passes side by side, on a thread each, take less time than one after the other on all threads,
 * which wait for one another in every operator. A call that has no passes for all lanes is better off with all threads, so there is a
 * worker for that too; it is the first to open, and serves all while the lanes open behind it.
 */
export class SessionPool implements InferenceSession {
  readonly #wide: InferenceSession;
  readonly #opening = new AbortController();
  readonly #opened: Promise<void>;
  #lanes: readonly Lane[] = [];

  /** @throws what {@link WorkerSession.open} does. Lanes that fail to open are done without */
  static async open(spec: SessionSpec, options: WorkerSessionOptions = {}): Promise<SessionPool> {
    return new SessionPool(spec, await WorkerSession.open(spec, options), options);
  }

  private constructor(spec: SessionSpec, wide: InferenceSession, options: WorkerSessionOptions) {
    this.#wide = wide;
    const behind = { ...options, signal: this.#opening.signal, background: true };
    const openLane = () => WorkerSession.open({ ...spec, threads: 1 }, behind);
    this.#opened = openAll(Array.from({ length: spec.threads }, openLane)).then(
      (sessions) => {
        this.#lanes = sessions.map((session) => ({ session, tokens: 0 }));
      },
      () => {},
    );
  }

  get inputs(): readonly TensorPort[] {
    return this.#wide.inputs;
  }
  get outputs(): readonly TensorPort[] {
    return this.#wide.outputs;
  }
  get lanes(): number {
    return Math.max(1, this.#lanes.length);
  }

  async run(
    feeds: Readonly<Record<string, InputTensor>>,
    output: string,
    wide = false,
  ): Promise<OutputTensor> {
    const [first, ...others] = this.#lanes;
    // With lanes at work, all threads would be more than there are CPUs.
    if (!first || (wide && this.#lanes.every(({ tokens }) => tokens === 0)))
      return this.#wide.run(feeds, output);
    const lane = others.reduce((least, other) => (other.tokens < least.tokens ? other : least), first);
    const tokens = Object.values(feeds)[0]?.data.length ?? 0;
    lane.tokens += tokens;
    try {
      return await lane.session.run(feeds, output);
    } finally {
      lane.tokens -= tokens;
    }
  }

  async dispose(): Promise<void> {
    this.#opening.abort();
    const closing = this.#wide.dispose();
    await this.#opened;
    await Promise.all([closing, ...this.#lanes.map(({ session }) => session.dispose())]);
  }
}
