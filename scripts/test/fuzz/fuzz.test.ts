import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const SCRIPTS = join(__dirname, "../..");

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fuzz-"));
  symlinkSync(SCRIPTS, join(root, "scripts"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Runs the script over one test file, with a jest that reports these events and ends with this code. */
function fuzz(events: object[], code: number, ...words: string[]) {
  const report = events.map((event) => `${JSON.stringify({ target: "a: b", ...event })}\n`).join("");
  const jest = `
    require("node:fs").writeFileSync(process.env.SECONDPASS_FUZZ_REPORT, ${JSON.stringify(report)});
    console.log(process.env.SECONDPASS_TESTS, process.env.SECONDPASS_FUZZ_ONLY, process.argv.slice(2).join(" "));
    process.exit(${code});`;
  for (const [path, text] of Object.entries({
    "node_modules/jest/bin/jest.js": jest,
    "packages/a/test/b.fuzz.test.ts": "",
    "packages/a/test/b.test.ts": "",
    "apps/a/package.json": "",
  })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  // Linked, the script would find this repository; with these flags, a link to the folder keeps its own paths.
  const flags = ["--preserve-symlinks", "--preserve-symlinks-main"];
  return spawnSync(process.execPath, [...flags, "scripts/fuzz.mjs", ...words], {
    cwd: root,
    encoding: "utf8",
  });
}

describe("npm run fuzz", () => {
  const failure = { kind: "stall", seed: 3, path: "4:5", message: "a: b: stall." };

  it("counts the runs of all targets", () => {
    const batches = [
      { event: "begin", seed: 1 },
      { event: "end", seed: 1, runs: 20 },
    ];
    const { stdout, status } = fuzz([...batches, ...batches], 0, "--minutes", "0.001");
    expect(stdout.trimEnd().split("\n")).toEqual([
      "        40  a: b",
      "1 target, 40 runs: 0 untyped errors, 0 stalls, 0 hangs, 0 over memory, 0 crashes",
    ]);
    expect(status).toBe(0);
  });

  it("says how to reproduce a failure", () => {
    const batch = [
      { event: "begin", seed: 3 },
      { event: "end", seed: 3, runs: 7, failure },
    ];
    const { stdout, status } = fuzz(batch, 1, "--minutes", "0.001");
    expect(stdout).toContain('a: b: stall.\nAgain: npm run fuzz -- --only "a: b" --seed 3 --path 4:5\n');
    expect(stdout).toMatch(/7 runs: 0 untyped errors, 1 stall, 0 hangs, 0 over memory, 0 crashes\n$/);
    expect(status).toBe(1);
  });

  it("notices a process that dies", () => {
    const { stdout, status } = fuzz([{ event: "begin", seed: 3 }], 134, "--seed", "3", "--only", "b");
    expect(stdout).toContain('a: b: the process ended\nAgain: npm run fuzz -- --only "a: b" --seed 3\n');
    expect(stdout).toContain(
      "fuzz b --config packages/a/jest.config.mjs --runInBand --runTestsByPath packages/a/test/b.fuzz.test.ts",
    );
    expect(stdout).toMatch(/, 1 crash\n$/);
    expect(status).toBe(1);
  });

  it("fails if no target has the name", () => {
    const { stdout, status } = fuzz([], 0, "--only", "zzz");
    expect(stdout).toContain("No target has such a name.");
    expect(status).toBe(1);
  });

  it("says which minutes are valid", () => {
    const { stderr, status } = fuzz([], 0, "--minutes", "ten");
    expect(stderr).toBe("Expected --minutes to be a positive number, got ten.\n");
    expect(status).toBe(2);
  });
});
