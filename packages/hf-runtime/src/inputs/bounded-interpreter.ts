import { Environment, Interpreter, Template } from "@huggingface/jinja";
import { printedSize } from "./printed-size.js";

type Evaluate = Interpreter["evaluate"];
type Value = ReturnType<Evaluate>;
type Statement = Parameters<Evaluate>[0];

/** A text value with its methods. */
interface TextValue {
  readonly value: string;
  readonly builtins: ReadonlyMap<string, { value: (args: readonly Value[], scope: Environment) => Value }>;
}

/** An expression or a statement of a filter, as the library parses them. */
interface FilterNode {
  readonly type: string;
  readonly operand?: unknown;
  readonly body?: unknown;
  readonly filter: {
    readonly type: string;
    readonly callee: { readonly value: string };
    readonly args: readonly Argument[];
  };
}

/** An argument. A named argument has its expression in `value`, a spread one in `argument`. */
interface Argument {
  readonly type: string;
  readonly value?: unknown;
  readonly argument?: unknown;
}

/** Base limit of steps, which take some tens of milliseconds. Templates of real models need tens to some thousands. */
const STEPS = 20_000;
/** Characters that count as a step. */
const STEP_CHARACTERS = 64;
/** Steps for an entry of a list: a loop makes several objects for each entry. */
const ENTRY_STEPS = 4;
/** How many times a template may read every character of its input. */
const READINGS = 32;

/** Spaces of indentation that {@link printedSize} counts for each level. */
const INDENTATION = 8;
/** Filters whose result can be far longer than their input. */
const GROWING = ["indent", "join", "tojson"];
/** Variable names that no template can contain. */
const OPERAND = " operand";
const ARGUMENT = " argument";
/** Property with the expression of a named or spread argument. */
const INNER: Readonly<Record<string, "value" | "argument">> = {
  KeywordArgumentExpression: "value",
  SpreadExpression: "argument",
  KeywordSpreadExpression: "argument",
};

/**
 * Renders Jinja with a limit of steps. A template comes with a model from an unknown author, and nested loops could run forever. Every value
 * counts as one step plus steps for its size. The limit grows with the input. Operations that make a long text of short ones are counted before
 * they run.
 */
export class BoundedInterpreter extends Interpreter {
  private readonly limit: number;
  private left: number;
  private readonly bounded = new WeakSet<object>();

  /** @param inputLength number of characters in the input */
  constructor(variables: Readonly<Record<string, unknown>>, inputLength: number) {
    super(environmentOf(variables));
    this.limit = STEPS + (READINGS * inputLength) / STEP_CHARACTERS;
    this.left = this.limit;
  }

  /** Evaluates a statement. @throws Error if the template takes too many steps */
  override evaluate(...[statement, environment]: Parameters<Evaluate>): Value {
    this.spend(1);
    const node = statement as FilterNode | undefined;
    const value =
      node?.type === "FilterExpression" || node?.type === "FilterStatement"
        ? this.evaluateFilter(node, environment)
        : super.evaluate(statement, environment);
    this.spend(stepsOf(value));
    if (value?.type === "StringValue") this.boundReplace(value as unknown as TextValue);
    else this.checkRoom(printedSize(value) / STEP_CHARACTERS, this.limit);
    return value;
  }

  private spend(steps: number): void {
    this.left -= steps;
    this.checkRoom(0);
  }

  /** Checks that `steps` fit into `room`. @throws Error if they do not */
  private checkRoom(steps: number, room = this.left): void {
    if (!(steps <= room)) throw new Error(`it takes more than ${STEPS} steps`);
  }

  private evaluateFilter(node: FilterNode, environment: Environment): Value {
    const { filter } = node;
    const isGrowing = filter.type === "CallExpression" && GROWING.includes(filter.callee.value);
    if (!isGrowing && node.type === "FilterExpression") return super.evaluate(node as Statement, environment);
    const operand = this.evaluate(
      (node.operand ?? { type: "Program", body: node.body }) as Statement,
      environment,
    );
    const scope = new Environment(environment);
    scope.setVariable(OPERAND, operand);
    const known = { type: "FilterExpression", operand: variable(OPERAND) };
    if (!isGrowing) return super.evaluate({ ...known, filter } as Statement, scope);
    // Each argument is evaluated once, here, and passed on as a variable.
    const values: Value[] = [];
    const args = filter.args.map((argument) => {
      const inner = INNER[argument.type];
      const name = `${ARGUMENT} ${values.length}`;
      const value = this.evaluate((inner ? argument[inner] : argument) as Statement, environment);
      values.push(value);
      scope.setVariable(name, value);
      return inner ? { ...argument, [inner]: variable(name) } : variable(name);
    });
    this.checkRoom(grownLength(filter.callee.value, operand, values) / STEP_CHARACTERS);
    return super.evaluate({ ...known, filter: { ...filter, args } } as unknown as Statement, scope);
  }

  /** Makes a text's `replace` count the characters of its result first. */
  private boundReplace(text: TextValue): void {
    if (this.bounded.has(text)) return;
    this.bounded.add(text);
    const method = text.builtins.get("replace");
    if (!method) return;
    const replace = method.value;
    method.value = (args, scope) => {
      const [from, to] = args.map(({ value }) => value);
      if (typeof from === "string" && typeof to === "string" && to.length > from.length) {
        this.checkRoom((occurrences(text.value, from) * to.length) / STEP_CHARACTERS);
      }
      return replace(args, scope);
    };
  }
}

/** Maximum number of characters of a filter's result. */
function grownLength(filter: string, operand: Value, values: readonly Value[]): number {
  const content: unknown = operand?.value;
  const all = values.flatMap(entriesOf);
  const number = Math.max(0, ...all.map(({ value }) => (typeof value === "number" ? value : 0)));
  const longest = Math.max(
    0,
    ...all.map((value) =>
      typeof value.value === "object" || value.type === "StringValue" ? printedSize(value) : 0,
    ),
  );
  const size = printedSize(operand);
  if (filter === "join") return size + (Array.isArray(content) ? content.length : size) * longest;
  if (filter === "indent")
    return size + (typeof content === "string" ? occurrences(content, "\n") + 1 : 0) * number;
  // Custom separators are added between all entries.
  return size * (1 + number / INDENTATION + longest);
}

/** The values of an argument, which may be spread as a list or by name. */
function entriesOf(value: Value): readonly Value[] {
  const content: unknown = value.value;
  if (content instanceof Map) return [...content.values()];
  return Array.isArray(content) ? content : [value];
}

function occurrences(text: string, part: string): number {
  if (part === "") return text.length + 1;
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

function variable(name: string) {
  return { type: "Identifier", value: name };
}

/** Steps for a value's size. */
function stepsOf(result: Value | undefined): number {
  // `first` of an empty list gives undefined.
  const value: unknown = result?.value;
  if (typeof value === "string") return value.length / STEP_CHARACTERS;
  if (Array.isArray(value)) return ENTRY_STEPS * value.length;
  return value instanceof Map ? ENTRY_STEPS * value.size : 0;
}

/** An environment with the variables, and the constants and functions that `transformers` adds to Jinja. */
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

/** Formats the current time. The library has this function but does not export it, so a template calls it. */
function formatNow(format: string): string {
  return new Template("{{ strftime_now(format) }}").render({ format });
}
