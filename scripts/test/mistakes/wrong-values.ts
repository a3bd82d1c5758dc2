/** An argument that may be left out. */
export class Optional {
  constructor(readonly value: unknown) {}
}

/** An object with what it needs, and perhaps more: Documents, and what LangChain hands from step to step. */
export class Open {
  constructor(readonly value: Readonly<Record<string, unknown>>) {}
}

/** An argument that takes another kind of value too: a number of results instead of options. */
export class OrNumber {
  constructor(readonly value: unknown) {}
}

/** An argument that takes whatever LangChain takes. */
export const FREE = Symbol("free");

/** A mistake that people make in the place of a valid argument. */
export type WrongValue = readonly [name: string, value: unknown];

/** What is never right in the place of an argument: other kinds of value, a Promise that was not awaited, unknown options. */
export function wrongValues(argument: unknown): WrongValue[] {
  if (argument === FREE) return [];
  if (argument instanceof OrNumber) return wrongKinds(argument.value).filter(([name]) => name !== "a number");
  if (argument instanceof Optional) return wrongKinds(argument.value);
  return [["nothing", undefined], ["null", null], ...wrongKinds(argument)];
}

function wrongKinds(valid: unknown): WrongValue[] {
  const promise: WrongValue = ["a Promise", Promise.resolve(valid)];
  if (valid instanceof Open) {
    const isUnknown = ([name]: WrongValue) => name === "an unknown option";
    return wrongKinds(valid.value).filter((wrong) => !isUnknown(wrong));
  }
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
  if (Array.isArray(valid)) return [promise, ["a text", "text"], ["a number", 5]];
  if (isPlain(valid)) return [promise, ["a text", "text"], ["a number", 5], ...wrongOptions(valid)];
  return [promise, ["a text", "text"], ["an empty object", {}]];
}

/** An unknown option, and each known one with other kinds of value. */
function wrongOptions(options: Readonly<Record<string, unknown>>): WrongValue[] {
  const checked = Object.entries(options).filter(([, value]) => value !== FREE);
  const valid = Object.fromEntries(checked);
  const known = checked.flatMap(([name, value]) =>
    wrongKinds(value).map(
      ([what, wrong]): WrongValue => [`\`${name}\` ${what}`, { ...valid, [name]: wrong }],
    ),
  );
  return [["an unknown option", { ...valid, unknownOption: 1 }], ...known];
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
