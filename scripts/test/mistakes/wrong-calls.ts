/** An argument that is optional. */
export class Optional {
  constructor(readonly value: unknown) {}
}

/** An object that may have other properties than the known ones: Documents, and values that LangChain passes from step to step. */
export class Open {
  constructor(readonly value: Readonly<Record<string, unknown>>) {}
}

/** An argument that also takes another type of value, such as a number of results instead of options. */
export class OrNumber {
  constructor(readonly value: unknown) {}
}

/** An argument that takes any value that LangChain takes. */
export const FREE = Symbol("free");

/** An argument that is a constant of the calling program, such as the name of an option for a message. It is not replaced by wrong values. */
export class Fixed {
  constructor(readonly value: unknown) {}
}

const WRAPPERS = [Optional, Open, OrNumber, Fixed];

/** The valid argument itself. */
export function validValue(argument: unknown): unknown {
  if (argument === FREE) return undefined;
  if (WRAPPERS.some((wrapper) => argument instanceof wrapper))
    return validValue((argument as Optional).value);
  if (!isPlain(argument)) return argument;
  const given = Object.entries(argument).filter(([, value]) => value !== FREE);
  return Object.fromEntries(given.map(([name, value]) => [name, validValue(value)]));
}

/** A mistaken value of an argument, and what the error must say besides the value. */
type WrongValue = readonly [name: string, value: unknown, advice?: string];

/** Arguments of a mistaken call. `value` is the wrong one. */
export interface WrongCall {
  readonly what: string;
  readonly args: readonly unknown[];
  readonly value: unknown;
  readonly advice: string;
}

/** Beginning of mistakes in names of options; an {@link Open} object may have any names. */
const NAMED = "an option";

/**
 * Mistaken variants of a valid call: each argument of another type, a Promise that was not awaited, unknown and mistyped options, and two
 * neighbouring arguments of different types swapped.
 */
export function wrongCalls(args: readonly unknown[]): WrongCall[] {
  const valid = args.map(validValue);
  const wrong = args.flatMap((argument, place) =>
    wrongValues(argument).map(
      ([what, value, advice = ""]): WrongCall => ({
        what: `argument ${place + 1} ${what}`,
        args: valid.with(place, value),
        value,
        advice,
      }),
    ),
  );
  const swapped = args.slice(1).flatMap((argument, i): WrongCall[] => {
    const isChecked = [args[i], argument].every((each) => each !== FREE && !(each instanceof Fixed));
    if (!isChecked || kindOf(valid[i]) === kindOf(valid[i + 1])) return [];
    const [value, other] = [valid[i + 1], valid[i]];
    return [
      {
        what: `arguments ${i + 1} and ${i + 2} swapped`,
        args: valid.with(i, value).with(i + 1, other),
        value,
        advice: "",
      },
    ];
  });
  return [...wrong, ...swapped];
}

function kindOf(value: unknown): string {
  return typeof value === "object" ? Object.prototype.toString.call(value) : typeof value;
}

function wrongValues(argument: unknown): WrongValue[] {
  if (argument === FREE || argument instanceof Fixed) return [];
  if (argument instanceof OrNumber) return wrongKinds(argument.value).filter(([name]) => name !== "a number");
  if (argument instanceof Optional) return wrongKinds(argument.value);
  return [["nothing", undefined], ["null", null], ...wrongKinds(argument)];
}

function wrongKinds(valid: unknown): WrongValue[] {
  const promise: WrongValue = ["a Promise", Promise.resolve(validValue(valid))];
  if (valid instanceof Open) return wrongKinds(valid.value).filter(([name]) => !name.startsWith(NAMED));
  switch (typeof valid) {
    case "string":
      return [promise, ["a number", 5], ["a document", { pageContent: "text" }]];
    case "number":
      return [promise, ["a text", "five"], ["NaN", Number.NaN]];
    case "boolean":
      return [promise, ["a text", "yes"]];
    case "function":
      return [promise, ["a text", "text"]];
  }
  if (Array.isArray(valid)) return [promise, ["a text", "text"], ["a number", 5], ...wrongItems(valid)];
  if (isPlain(valid)) return [promise, ["a text", "text"], ["a number", 5], ...wrongOptions(valid)];
  return [promise, ["a text", "text"], ["an empty object", {}]];
}

/** A list of other things. */
function wrongItems([item]: readonly unknown[]): WrongValue[] {
  return item === undefined ? [] : [["a list of other things", [typeof item === "string" ? 5 : "text"]]];
}

/** An unknown option, and each known one mistyped and with values of other types. */
function wrongOptions(options: Readonly<Record<string, unknown>>): WrongValue[] {
  const checked = Object.entries(options).filter(([, value]) => value !== FREE && !(value instanceof Fixed));
  const valid = validValue(options) as Readonly<Record<string, unknown>>;
  const known = checked.flatMap(([name, value]) =>
    wrongKinds(value).map(
      ([what, wrong, advice]): WrongValue => [`\`${name}\` ${what}`, { ...valid, [name]: wrong }, advice],
    ),
  );
  const mistyped = checked.map(([name, value]): WrongValue => {
    const { [name]: _, ...others } = valid;
    return [
      `${NAMED} \`${mistype(name)}\``,
      { ...others, [mistype(name)]: value },
      `Did you mean \`${name}\`?`,
    ];
  });
  return [[`${NAMED} that is unknown`, { ...valid, unknownOption: 1 }], ...mistyped, ...known];
}

/** Two letters of a name in the wrong order; a short name in the wrong case. */
function mistype(name: string): string {
  const swapped = name.replace(/^(..)(.)(.)/, "$1$3$2");
  if (swapped !== name) return swapped;
  const upper = name.toUpperCase();
  return upper === name ? `${name}s` : upper;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
