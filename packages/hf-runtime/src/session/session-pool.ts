import type { InferenceSession, InputTensor, OutputTensor, TensorPort } from "./inference-session.js";
import { openAll } from "./open-all.js";
import type { SessionSpec } from "./session-spec.js";
import { WorkerSession, type WorkerSessionOptions } from "./worker-session.js";

export interface SessionPoolOptions extends WorkerSessionOptions {
  /**
   * Opens the lanes only when the first passes are over, or more than a few: a process that asks once, and little, is spared them.
   * @default false
   */
  readonly lanesLater?: boolean;
}

/** Passes that say by themselves that lanes will pay: a call of some 30 chunks has as many. */
const FEW_PASSES = 12;

/** A worker with one thread, and the tokens of the passes that it was given and has not answered. */
interface Lane {
  readonly session: InferenceSession;
  tokens: number;
}

/**
 * One model in several workers. Passes side by side, on a thread each, take less time than one after the other on all threads,
 * which wait for one another in every operator. A call that has no passes for all lanes is better off with all threads, so there is a
 * worker for that too; it is the first to open, and serves all until the lanes have opened behind it.
 */
export class SessionPool implements InferenceSession {
  readonly #wide: InferenceSession;
  readonly #opening = new AbortController();
  readonly #openLanes: () => Promise<readonly InferenceSession[]>;
  #opened: Promise<void> | undefined;
  #lanes: readonly Lane[] = [];
  #asked = 0;
  #underWay = 0;

  /** @throws what {@link WorkerSession.open} does. Lanes that fail to open are done without */
  static async open(spec: SessionSpec, options: SessionPoolOptions = {}): Promise<SessionPool> {
    const pool = new SessionPool(spec, await WorkerSession.open(spec, options), options);
    if (!options.lanesLater) pool.#beginLanes();
    return pool;
  }

  private constructor(spec: SessionSpec, wide: InferenceSession, options: WorkerSessionOptions) {
    this.#wide = wide;
    const behind = { ...options, signal: this.#opening.signal, background: true };
    const openLane = () => WorkerSession.open({ ...spec, threads: 1 }, behind);
    this.#openLanes = () => openAll(Array.from({ length: spec.threads }, openLane));
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
      return this.#runWide(feeds, output);
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

  async #runWide(feeds: Readonly<Record<string, InputTensor>>, output: string): Promise<OutputTensor> {
    this.#asked += 1;
    this.#underWay += 1;
    try {
      return await this.#wide.run(feeds, output);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0 || this.#asked > FEW_PASSES) this.#beginLanes();
    }
  }

  #beginLanes(): void {
    if (this.#opening.signal.aborted) return;
    this.#opened ??= this.#openLanes().then(
      (sessions) => {
        this.#lanes = sessions.map((session) => ({ session, tokens: 0 }));
      },
      () => {},
    );
  }
}
