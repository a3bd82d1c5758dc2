import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const SCRIPTS = join(__dirname, "../..");

/** An executable that prints the given text and ends with the given code. */
const program = (output: string, code: number) =>
  `#!/bin/sh\n/bin/cat >&2 <<'END'\n${output}\nEND\nexit ${code}\n`;

let root: string;
let bin: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "run-"));
  bin = join(root, "bin");
  mkdirSync(bin);
  writeFileSync(join(root, "package.json"), JSON.stringify({ packageManager: "pnpm@10.34.9" }));
  // Linked, the scripts would find this repository; with this flag, a link to the folder keeps its own paths.
  symlinkSync(SCRIPTS, join(root, "scripts"));
  symlinkSync(process.execPath, join(bin, "node"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Runs a task with made-up npx and pnpm, in a workspace where nothing is installed. */
function run(task: string | readonly string[], npx: string | undefined, pnpm = program("", 0)) {
  if (npx !== undefined) writeFileSync(join(bin, "npx"), npx, { mode: 0o755 });
  writeFileSync(join(bin, "pnpm"), pnpm, { mode: 0o755 });
  const flags = ["--preserve-symlinks", "--preserve-symlinks-main"];
  const { status, stderr } = spawnSync(process.execPath, [...flags, "scripts/run.mjs", ...[task].flat()], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: bin },
  });
  return { status, stderr };
}

const PATH_OF_PNPM = `#!/bin/sh\nprintf %s "$PATH"\n`;

describe("npm run TASK", () => {
  it("names the tasks if the name is unknown", () => {
    const { status, stderr } = run("toString", PATH_OF_PNPM);
    expect(stderr).toMatch(/^Expected one of demo, .*test.*, got "toString"\.\n$/);
    expect(status).toBe(2);
  });

  it("installs the page only for --web", () => {
    const printing = `#!/bin/sh\necho "$@" >&2\nexit 1\n`;
    const page = run(["demo", "--web"], PATH_OF_PNPM, printing).stderr;
    expect(page).toContain("--filter=@secondpass/cli...");
    const plain = run("demo", PATH_OF_PNPM, printing).stderr;
    expect(plain).toContain("--filter=@secondpass/demo...");
    expect(plain).not.toContain("--filter=@secondpass/cli...");
  });

  it("says what a first run does, and why the install fails, with pnpm's message and what to do", () => {
    const failing = program("Progress: resolved 1\n ERR_PNPM_OUTDATED_LOCKFILE  Cannot install", 1);
    const { status, stderr } = run("demo", PATH_OF_PNPM, failing);
    expect(stderr).toMatch(/^Installing packages \(first run, about \d+ MB\) …\n/);
    expect(stderr).toContain("ERR_PNPM_OUTDATED_LOCKFILE  Cannot install");
    expect(stderr).not.toContain("Progress:");
    expect(stderr).toContain(
      "failed with exit code 1.\npnpm-lock.yaml does not match the package.json files.",
    );
    expect(status).toBe(1);
  });

  it.each([
    ["the network", "npm error code EAI_AGAIN", "The npm registry cannot be reached."],
    ["offline mode", "npm error code ENOTCACHED", "Offline mode is on"],
    ["a full disk", "npm error code ENOSPC", "The disk is full."],
    ["a read-only folder", "npm error code EROFS", "A folder that must be written is read-only"],
  ])("says why pnpm could not be installed: %s", (_reason, output, advice) => {
    const { status, stderr } = run("demo", program(output, 7));
    expect(stderr).toContain(output);
    expect(stderr).toContain(advice);
    expect(status).toBe(7);
  });

  it("says what to install when there is no npx", () => {
    const { status, stderr } = run("demo", undefined);
    expect(stderr).toContain("npx: command not found");
    expect(stderr).toContain("npx comes with npm");
    expect(status).toBe(127);
  });

  it("starts neither npx nor an install again until the lockfile, a manifest or node_modules changes", () => {
    const log = join(root, "log");
    const npx = `#!/bin/sh\necho npx >> ${log}\nprintf %s "$PATH"\n`;
    const pnpm = `#!/bin/sh\n[ "$1" = install ] && echo install >> ${log}\nexit 0\n`;
    const modules = join(root, "node_modules/.modules.yaml");
    mkdirSync(join(root, "node_modules"));
    writeFileSync(modules, "");
    const started = (task: string) => {
      writeFileSync(log, "");
      run(task, npx, pnpm);
      return readFileSync(log, "utf8").split("\n").slice(0, -1);
    };
    expect(started("demo")).toEqual(["npx", "install"]);
    expect(started("demo")).toEqual([]);
    // Another task needs other projects.
    expect(started("test:slow")).toEqual(["install"]);
    expect(started("demo")).toEqual([]);
    writeFileSync(join(root, "pnpm-lock.yaml"), "changed");
    expect(started("demo")).toEqual(["install"]);
    expect(started("test:slow")).toEqual(["install"]);
    mkdirSync(join(root, "packages/new"), { recursive: true });
    writeFileSync(join(root, "packages/new/package.json"), "{}");
    expect(started("demo")).toEqual(["install"]);
    // Somebody installs by hand.
    utimesSync(modules, 1, 1);
    expect(started("demo")).toEqual(["install"]);
    writeFileSync(join(root, "package.json"), JSON.stringify({ packageManager: "pnpm@10.99.0" }));
    expect(started("demo")).toEqual(["npx", "install"]);
  });

  it("ends with 130 and prints nothing itself when it is interrupted", () => {
    const { status, stderr } = run("demo", PATH_OF_PNPM, "#!/bin/sh\nkill -INT $$\n");
    expect(stderr.split("\n")).toHaveLength(2);
    expect(status).toBe(130);
  });
});
