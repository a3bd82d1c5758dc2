import type {
  InferenceSession,
  InputTensor,
  OutputTensor,
  PassOptions,
  TensorPort,
} from "./inference-session.js";
import { openAll } from "./open-all.js";
import { RemoteSession, type RemoteSessionOptions } from "./remote-session.js";
import type { SessionSpec } from "./session-spec.js";

export interface SessionPoolOptions extends RemoteSessionOptions {
  /**
   * Opens the single-threaded workers only after the first passes, or after more than a few: a process with one small call does not need them.
   * @default false
   */
  readonly deferWorkers?: boolean;
  /** Opens the worker that uses all threads. @default {@link RemoteSession.open} */
  readonly openAllThreads?: (spec: SessionSpec, options: RemoteSessionOptions) => Promise<InferenceSession>;
}

/** With more passes than this, more workers are worth opening. A call of some 30 chunks has as many. */
const FEW_PASSES = 12;

/** A worker with one thread, and the number of tokens in its unanswered passes. */
interface SingleThreadWorker {
  readonly session: InferenceSession;
  tokens: number;
}

/**
 * One model in several workers. Parallel passes on one thread each take less time than consecutive passes on all threads, because these
 * wait for each other in every operator. A call with too few passes for all workers is faster on all threads, so there is one worker for
 * that too. It opens first, and runs all passes until the others have opened in the background.
 */
export class SessionPool implements InferenceSession {
  readonly #allThreads: InferenceSession;
  readonly #opening = new AbortController();
  readonly #openWorkers: () => Promise<readonly InferenceSession[]>;
  #opened: Promise<void> | undefined;
  #workers: readonly SingleThreadWorker[] = [];
  #passes = 0;
  #underWay = 0;

  /** @throws what {@link RemoteSession.open} throws. If workers fail to open in the background, the pool runs without them */
  static async open(
    spec: SessionSpec,
    { deferWorkers = false, openAllThreads = RemoteSession.open, ...options }: SessionPoolOptions = {},
  ): Promise<SessionPool> {
    const pool = new SessionPool(spec, await openAllThreads(spec, options), options);
    if (!deferWorkers) pool.#beginWorkers();
    return pool;
  }

  private constructor(spec: SessionSpec, allThreads: InferenceSession, options: RemoteSessionOptions) {
    this.#allThreads = allThreads;
    const behind = { ...options, signal: this.#opening.signal, background: true };
    const openWorker = () => RemoteSession.open({ ...spec, threads: 1 }, behind);
    this.#openWorkers = () => openAll(Array.from({ length: spec.threads }, openWorker));
  }

  get inputs(): readonly TensorPort[] {
    return this.#allThreads.inputs;
  }
  get outputs(): readonly TensorPort[] {
    return this.#allThreads.outputs;
  }
  get parallelism(): number {
    return Math.max(1, this.#workers.length);
  }

  async run(
    feeds: Readonly<Record<string, InputTensor>>,
    output: string,
    { allThreads = false, signal }: PassOptions = {},
  ): Promise<OutputTensor> {
    const [first, ...others] = this.#workers;
    // If workers are busy, a pass on all threads would need more threads than there are CPUs.
    if (!first || (allThreads && this.#workers.every(({ tokens }) => tokens === 0)))
      return this.#runOnAllThreads(feeds, output, signal);
    const worker = others.reduce((least, other) => (other.tokens < least.tokens ? other : least), first);
    const tokens = Object.values(feeds)[0]?.data.length ?? 0;
    worker.tokens += tokens;
    try {
      return await worker.session.run(feeds, output, { signal });
    } finally {
      worker.tokens -= tokens;
    }
  }

  async dispose(): Promise<void> {
    this.#opening.abort();
    const closing = this.#allThreads.dispose();
    await this.#opened;
    await Promise.all([closing, ...this.#workers.map(({ session }) => session.dispose())]);
  }

  async #runOnAllThreads(
    feeds: Readonly<Record<string, InputTensor>>,
    output: string,
    signal: AbortSignal | undefined,
  ): Promise<OutputTensor> {
    this.#passes += 1;
    this.#underWay += 1;
    try {
      return await this.#allThreads.run(feeds, output, { signal });
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0 || this.#passes > FEW_PASSES) this.#beginWorkers();
    }
  }

  #beginWorkers(): void {
    if (this.#opening.signal.aborted) return;
    this.#opened ??= this.#openWorkers().then(
      (sessions) => {
        this.#workers = sessions.map((session) => ({ session, tokens: 0 }));
      },
      () => {},
    );
  }
}
