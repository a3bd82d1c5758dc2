import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const ROOT = join(__dirname, "../../..");
const SCRIPT = join(ROOT, "scripts/release/version.mjs");

/** Each case takes changesets a second. `npm test` runs only the first. */
const isLong = process.env.SECONDPASS_SLOW === "1";
const CHANGES = [
  ["minor", "0.1.0"],
  ["patch", "0.1.1"],
  ["minor", "0.2.0"],
  ["major", "1.0.0"],
] as const;

describe("the next versions", () => {
  const root = mkdtempSync(join(tmpdir(), "secondpass-version-"));
  const write = (name: string, content: object | string) => {
    const text = typeof content === "string" ? content : `${JSON.stringify(content, undefined, 2)}\n`;
    writeFileSync(join(root, name), text);
  };
  const read = (name: string) =>
    JSON.parse(readFileSync(join(root, `packages/${name}/package.json`), "utf8"));
  const addPackage = (name: string, more: object) => {
    mkdirSync(join(root, "packages", name), { recursive: true });
    write(`packages/${name}/package.json`, { name: `@secondpass/${name}`, version: "0.0.0", ...more });
  };
  const run = (changeset: string) => {
    write(".changeset/change.md", changeset);
    return spawnSync(process.execPath, [SCRIPT, "--root", root], { encoding: "utf8" });
  };

  beforeAll(() => {
    cpSync(join(ROOT, ".changeset/config.json"), join(root, ".changeset/config.json"));
    write("package.json", { name: "root", private: true });
    write("pnpm-workspace.yaml", "packages:\n  - packages/*\n");
    write("pnpm-lock.yaml", "");
    addPackage("below", {});
    addPackage("above", {
      devDependencies: { "@secondpass/below": "workspace:^" },
      peerDependencies: { "@secondpass/below": "workspace:^", other: "^1.0.0" },
    });
    addPackage("inner", { private: true });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it.each(isLong ? CHANGES : CHANGES.slice(0, 1))(
    "after a %s change of a package that another has as its peer are %s for both",
    (size, version) => {
      expect(run(`---\n"@secondpass/below": ${size}\n---\n\nA change.\n`)).toMatchObject({ status: 0 });
      expect([read("below").version, read("above").version, read("inner").version]).toEqual([
        version,
        version,
        "0.0.0",
      ]);
      expect(read("above").peerDependencies).toEqual({ "@secondpass/below": "workspace:^", other: "^1.0.0" });
    },
  );

  (isLong ? it : it.skip)(
    "are not written from changes of unknown packages, and the manifests stay as they are",
    () => {
      const before = read("above");
      expect(run('---\n"@secondpass/elsewhere": minor\n---\n\nA change.\n').status).toBe(1);
      expect(read("above")).toEqual(before);
    },
  );
});
