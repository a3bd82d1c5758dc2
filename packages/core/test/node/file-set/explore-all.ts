/** A process of a world: it does one step each time it gets a turn. */
export type Process = (turn: Turn, forget: Forget) => Promise<void>;
/** Waits for the process's turn, then does a step. */
export type Turn = <T>(step: () => T) => Promise<T>;

/**
 * Called by a process whose next steps no longer depend on what it saw before. Orders that differ only in that count as the same.
 * @param stage where the process is
 */
export type Forget = (stage: string) => void;

/** A world in which processes run. Each order of their steps gets a fresh one. */
export interface World {
  readonly processes: readonly Process[];
  /** A text without the parts that differ from run to run. */
  anonymous(text: string): string;
  /** The state of the world as seen from outside, as an anonymous text. */
  state(): string;
  /** Called in every state: throws if data would be lost if every process died now. Must not change the world. */
  check(): Promise<void>;
}

/** Far more turns of the microtask queue than a process needs between two steps. */
const MAX_HOPS = 10_000;

/** One run: the processes of a world, of which each waits for its turn. */
class Run {
  readonly #waiting: ((() => void) | undefined)[] = [];
  readonly #ended = new Set<number>();
  /** What each process has seen and not forgotten; its next step depends on nothing else. */
  readonly #seen: string[] = [];
  #error: unknown;

  private constructor(readonly world: World) {
    world.processes.forEach((process, number) => {
      this.#seen[number] = "";
      const forget: Forget = (stage) => {
        this.#seen[number] = stage;
      };
      process((step) => this.#turn(number, step), forget).then(
        () => this.#ended.add(number),
        (error) => {
          this.#ended.add(number);
          this.#error ??= error;
        },
      );
    });
  }

  static async start(world: World): Promise<Run> {
    const run = new Run(world);
    for (const number of world.processes.keys()) await run.#settled(number);
    return run;
  }

  #turn<T>(number: number, step: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting[number] = () => {
        this.#waiting[number] = undefined;
        try {
          const result = step();
          this.#seen[number] += `${this.world.anonymous(JSON.stringify(result) ?? "")};`;
          resolve(result);
        } catch (error) {
          this.#seen[number] += `${(error as { code?: string }).code};`;
          reject(error);
        }
      };
    });
  }

  /** Waits until a process waits for its turn or has ended. */
  async #settled(number: number): Promise<void> {
    for (let hops = 0; this.#waiting[number] === undefined && !this.#ended.has(number); hops++) {
      if (hops > MAX_HOPS) throw new Error(`process ${number} waits for something outside the world`);
      await null;
    }
  }

  /** Processes that have not ended. */
  choices(): number[] {
    return [...this.world.processes.keys()].filter((number) => !this.#ended.has(number));
  }

  async step(number: number): Promise<void> {
    this.#waiting[number]!();
    await this.#settled(number);
  }

  state(): string {
    // What an ended process saw no longer matters.
    const seen = this.#seen.map((text, number) => (this.#ended.has(number) ? "ended" : text));
    return `${this.world.state()}|${seen.join("|")}`;
  }

  async check(): Promise<void> {
    if (this.#error !== undefined) throw this.#error;
    await this.world.check();
  }
}

/**
 * Runs processes in every order of their steps, and checks the world after each step. An order that reaches a known state is not
 * continued.
 * @param mostStates ends the search early. @returns how many different states were seen
 */
export async function exploreAll(
  makeWorld: () => World,
  mostStates = Number.POSITIVE_INFINITY,
): Promise<number> {
  const seen = new Set<string>();
  /** Orders that lead to states not yet visited. */
  const open: number[][] = [[]];
  for (let order = open.pop(); order !== undefined && seen.size < mostStates; order = open.pop()) {
    const run = await Run.start(makeWorld());
    for (const number of order) await run.step(number);
    for (;;) {
      const state = run.state();
      if (seen.has(state)) break;
      seen.add(state);
      await checked(run, order);
      const [first, ...others] = run.choices();
      if (first === undefined) break;
      for (const other of others) open.push([...order, other]);
      order = [...order, first];
      await run.step(first);
    }
  }
  return seen.size;
}

/** Runs processes in one order, and checks the world after each step. @param pick chooses one of so many */
export async function exploreOne(makeWorld: () => World, pick: (choices: number) => number): Promise<void> {
  const run = await Run.start(makeWorld());
  const order: number[] = [];
  for (let choices = run.choices(); choices.length > 0; choices = run.choices()) {
    const number = choices[pick(choices.length)]!;
    order.push(number);
    await run.step(number);
    await checked(run, order);
  }
}

async function checked(run: Run, order: readonly number[]): Promise<void> {
  try {
    await run.check();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}, after the steps of processes ${order.join(" ")}`, { cause: error });
  }
}
