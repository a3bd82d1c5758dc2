import { Environment, Interpreter, Template } from "@huggingface/jinja";

type Evaluate = Interpreter["evaluate"];
type Value = ReturnType<Evaluate>;

/** Far more than templates of real models take, which is tens to some thousands; some tens of milliseconds. */
const STEPS = 20_000;
/** Characters that count as a step. */
const STEP_CHARACTERS = 64;
/** Steps that an entry of a list counts: a loop makes several objects for each. */
const ENTRY_STEPS = 4;
/** How often a template may read every character of its input. */
const READINGS = 32;

/**
 * Renders Jinja, but only for so long: a template comes with a model, from strangers, and two loops in each other can take forever. Every
 * value counts as one step, and by its size. What a template may take grows with its input.
 */
export class BoundedInterpreter extends Interpreter {
  private left: number;

  /** @param inputLength characters of the input */
  constructor(variables: Readonly<Record<string, unknown>>, inputLength: number) {
    super(environmentOf(variables));
    this.left = STEPS + (READINGS * inputLength) / STEP_CHARACTERS;
  }

  /** @throws Error if the template takes too many steps */
  override evaluate(...[statement, environment]: Parameters<Evaluate>): Value {
    this.spend(1);
    const value = super.evaluate(statement, environment);
    this.spend(stepsOf(value));
    return value;
  }

  private spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new Error(`it takes more than ${STEPS} steps`);
  }
}

/** Steps that a value counts by its size. */
function stepsOf(result: Value | undefined): number {
  // `first` of an empty list is no value at all.
  const value: unknown = result?.value;
  if (typeof value === "string") return value.length / STEP_CHARACTERS;
  if (Array.isArray(value)) return ENTRY_STEPS * value.length;
  return value instanceof Map ? ENTRY_STEPS * value.size : 0;
}

/** What Jinja in `transformers` knows besides the variables. */
function environmentOf(variables: Readonly<Record<string, unknown>>): Environment {
  const environment = new Environment();
  const constants = { true: true, false: false, none: null, True: true, False: false, None: null };
  const functions = { range, raise_exception: raiseException, strftime_now: formatNow };
  for (const [name, value] of Object.entries({ ...constants, ...functions, ...variables })) {
    environment.set(name, value);
  }
  return environment;
}

/** Python's `range`. */
function range(start: number, stop?: number, step = 1): number[] {
  const [first, end] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0) throw new Error("range() must not have a step of 0");
  const length = Math.max(0, Math.ceil((end - first) / step));
  if (!(length <= STEPS)) throw new Error(`range() of ${length} numbers`);
  return Array.from({ length }, (_, index) => first + index * step);
}

function raiseException(message: string): never {
  throw new Error(message);
}

/** The library has the function, and exports none of it. */
function formatNow(format: string): string {
  return new Template("{{ strftime_now(format) }}").render({ format });
}
