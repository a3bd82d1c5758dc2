import { afterAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { exportedClasses } from "../support/exported-classes.js";
import { CLASSES, FUNCTIONS, removeFolder } from "./calls.js";
import { FREE, Open, Optional, OrNumber, wrongValues } from "./wrong-values.js";

type Call = (args: readonly unknown[]) => unknown;

/** The name of what a call throws, and what it says. */
async function outcome(call: () => unknown): Promise<{ readonly name: string; readonly message: string }> {
  try {
    const result = await call();
    if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
      for await (const _ of result as AsyncIterable<unknown>) break;
    }
    return { name: "accepted", message: "" };
  } catch (error) {
    const { name, message } = error as Error & { readonly secondpass?: unknown };
    const isTyped = typeof error === "object" && error !== null && "secondpass" in error;
    return { name: isTyped ? name : "untyped", message };
  }
}

const WRAPPERS = [Optional, Open, OrNumber];

const given = (argument: unknown): unknown => {
  if (argument === FREE) return undefined;
  if (WRAPPERS.some((wrapper) => argument instanceof wrapper)) return given((argument as Optional).value);
  const value = argument;
  const isOptions =
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isOptions
    ? Object.fromEntries(Object.entries(value).filter(([, option]) => option !== FREE))
    : value;
};

/** What is wrong with how a door takes mistakes: each mistake must give another end than the valid call, and a typed one. */
async function faultsOf(door: string, args: readonly unknown[], call: Call): Promise<string[]> {
  const valid = await outcome(() => call(args.map(given)));
  const faults = valid.name === "untyped" ? [`${door} as it should be: ${valid.message}`] : [];
  for (const [place, argument] of args.entries()) {
    for (const [what, value] of wrongValues(argument)) {
      const { name, message } = await outcome(() =>
        call(args.map((other, i) => (i === place ? value : given(other)))),
      );
      const isMisleading = value !== undefined && /got undefined/.test(message);
      if (name === "accepted" || name === "untyped" || name === valid.name || isMisleading)
        faults.push(`${door}, argument ${place + 1} ${what}: ${name} ${message.slice(0, 100)}`);
    }
  }
  return faults;
}

/** Indexes that come from files only; what they check, they have from the classes that are tried. */
const FROM_FILES =
  /^faiss\/Index(?:LSH|PQ|ScalarQuantizer|PQFastScan|IVFPQFastScan|HNSWCodes|IVFFlatDedup|IVFPQ|IVFScalarQuantizer|FlatPanorama|IVFFlatPanorama|RaBitQ)(?:#|$)/;
/** Called with values that are checked already, and without any. */
const HOOKS = /^(?:_|lc_name$|locateChunks$)/;
const HIDDEN = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.AbstractKeyword];

const isHidden = (declaration: ts.HasModifiers) =>
  ts.getModifiers(declaration)?.some(({ kind }) => HIDDEN.includes(kind)) ?? false;

/** The doors of the published classes that take arguments: "text-splitters/TokenTextSplitter#countTokens". */
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
  afterAll(removeFolder);

  it("is tried on every class that users make, and each of its methods", () => {
    const tried = CLASSES.flatMap(({ folder, name, methods = {}, statics = {} }) => [
      `${folder}/${name}`,
      ...[...Object.keys(methods), ...Object.keys(statics)].map((method) => `${folder}/${name}#${method}`),
    ]);
    const missing = doors().filter((door) => !FROM_FILES.test(door) && !tried.includes(door));
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
      const made = (await (make?.() ?? new Class(...create!.map(given)))) as Readonly<
        Record<string, (...args: readonly unknown[]) => unknown>
      >;
      faults.push(...(await faultsOf(`${name}#${member}`, args, (all) => made[member]!(...all))));
    }
    expect(faults).toEqual([]);
  });

  it.each(FUNCTIONS)("of $name throws an error that says what is wrong", async ({ name, args, call }) => {
    expect(await faultsOf(name, args, (all) => call(...all))).toEqual([]);
  });
});
