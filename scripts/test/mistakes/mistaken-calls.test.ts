import { afterAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { exportedClasses, exportedFunctions } from "../support/exported-classes.js";
import { CLASSES } from "./classes.js";
import { FUNCTIONS } from "./functions/functions.js";
import { removeMistakesFolder } from "./mistakes-folder.js";
import { validValue, wrongCalls } from "./wrong-calls.js";

const FUNCTION_CALLS = exportedFunctions().map(({ module, name, call }) => ({
  door: `${name} of ${module}`,
  call,
  args: FUNCTIONS[module]?.[name],
}));

type Call = (args: readonly unknown[]) => unknown;

/** Name and message of the error that a call throws. */
async function outcome(call: () => unknown): Promise<{ readonly name: string; readonly message: string }> {
  try {
    const result = await call();
    if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
      for await (const _ of result as AsyncIterable<unknown>) break;
    }
    if (isCloseable(result)) await result.close();
    return { name: "accepted", message: "" };
  } catch (error) {
    const { name, message } = error as Error & { readonly secondpass?: unknown };
    const isTyped = typeof error === "object" && error !== null && "secondpass" in error;
    return { name: isTyped ? name : "untyped", message };
  }
}

/** Something to close, such as a server. */
function isCloseable(value: unknown): value is { close(): Promise<void> } {
  return typeof (value as { readonly close?: unknown } | undefined)?.close === "function";
}

/** Finds mistakes that a method or function does not report: each must have another result than the valid call, a typed error. */
async function faultsOf(door: string, args: readonly unknown[], call: Call): Promise<string[]> {
  const given = args.map(validValue);
  const valid = await outcome(() => call(given));
  const faults = valid.name === "untyped" ? [`${door} as it should be: ${valid.message}`] : [];
  for (const { what, args: wrong, value, advice } of wrongCalls(args)) {
    const { name, message } = await outcome(() => call(wrong));
    const isMisleading = value !== undefined && /got undefined/.test(message);
    const isFault = ["accepted", "untyped", valid.name].includes(name) || isMisleading;
    if (isFault || !message.includes(advice))
      faults.push(`${door}, ${what}: ${name} ${message.slice(0, 160)}`);
  }
  return faults;
}

/** Methods that are called with values that are checked already, or without any. */
const HOOKS = /^(?:_|lc_name$|locateChunks$)/;
const HIDDEN = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.AbstractKeyword];

const isHidden = (declaration: ts.HasModifiers) =>
  ts.getModifiers(declaration)?.some(({ kind }) => HIDDEN.includes(kind)) ?? false;

/** Constructors and methods of the published classes that take arguments: "text-splitters/TokenTextSplitter#countTokens". */
function doors(): string[] {
  return exportedClasses()
    .filter(({ name, declaration }) => !name.endsWith("Error") && !isHidden(declaration))
    .flatMap(({ folder, name, declaration }) => {
      const methods = declaration.members
        .filter(ts.isMethodDeclaration)
        .filter((method) => !isHidden(method) && method.parameters.length > 0)
        .map((method) => method.name.getText())
        .filter((method) => !HOOKS.test(method));
      return [`${folder}/${name}`, ...methods.map((method) => `${folder}/${name}#${method}`)];
    });
}

describe("a mistaken call", () => {
  afterAll(removeMistakesFolder);

  it("is tried on every class that users make, and each of its methods", () => {
    const tried = CLASSES.flatMap(({ folder, name, methods = {}, statics = {} }) => [
      `${folder}/${name}`,
      ...[...Object.keys(methods), ...Object.keys(statics)].map((method) => `${folder}/${name}#${method}`),
    ]);
    const missing = doors().filter((door) => !tried.includes(door));
    expect([...new Set(missing)]).toEqual([]);
  });

  it.each(CLASSES)("of $name throws an error that says what is wrong", async (tested) => {
    const { name, Class, create, make, methods = {}, statics = {} } = tested;
    const faults: string[] = [];
    if (create !== undefined)
      faults.push(...(await faultsOf(`new ${name}`, create, (args) => new Class(...args))));
    for (const [member, args] of Object.entries(statics)) {
      const own = Class as unknown as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
      faults.push(...(await faultsOf(`${name}.${member}`, args, (all) => own[member]!(...all))));
    }
    for (const [member, args] of Object.entries(methods)) {
      const made = (await (make?.() ?? new Class(...create!.map(validValue)))) as Readonly<
        Record<string, (...args: readonly unknown[]) => unknown>
      >;
      faults.push(...(await faultsOf(`${name}#${member}`, args, (all) => made[member]!(...all))));
    }
    expect(faults).toEqual([]);
  });

  it("is tried on every function that a package exports", () => {
    expect(FUNCTION_CALLS.filter(({ args }) => args === undefined).map(({ door }) => door)).toEqual([]);
    const tried = Object.values(FUNCTIONS).flatMap((calls) => Object.keys(calls));
    expect(tried).toHaveLength(FUNCTION_CALLS.length);
  });

  it.each(FUNCTION_CALLS)(
    "of $door throws an error that says what is wrong",
    async ({ door, args, call }) => {
      expect(await faultsOf(door, args ?? [], (all) => call(...all))).toEqual([]);
    },
  );
});
