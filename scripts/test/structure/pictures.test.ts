import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(__dirname, "../../..");

interface Imports {
  readonly [folder: string]: { readonly siblings: Readonly<Record<string, object>> };
}

describe("the picture of the floors", () => {
  const config = pathToFileURL(join(ROOT, "structure.config.mjs")).href;
  const program = `process.stdout.write(JSON.stringify((await import(${JSON.stringify(config)})).imports))`;
  const imports = JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }),
  ) as Imports;
  const picture = readFileSync(join(ROOT, "docs/pictures/floors.svg"), "utf8");

  it("shows every package", () => {
    const shown = [...picture.matchAll(/<text class="name"[^>]*>([^<]+)</g)].map(([, name]) => name);
    const packages = Object.keys(imports).filter((name) => name !== "test-kit");
    expect(packages.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it("has an arrow for each import that structure.config.mjs allows, apart from those of core and of the cli", () => {
    const arrows = [...picture.matchAll(/id="([\w-]+)_([\w-]+)"/g)].map(([, from, to]) => `${from} → ${to}`);
    const allowed = Object.entries(imports)
      .filter(([from]) => from !== "cli")
      .flatMap(([from, { siblings }]) => Object.keys(siblings).map((to) => ({ from, to })))
      .filter(({ to }) => to !== "core")
      .map(({ from, to }) => `${from} → ${to}`);
    expect(arrows.sort()).toEqual(allowed.sort());
  });
});
