/**
 * Watches the workspace: builds packages when their source changes, and runs the tests of the files changed since the last commit.
 *
 *     npm run dev                       # every package
 *     npm run dev -- text-splitters     # these packages, and what they are built from
 *
 * The tests of a package use the builds of the others.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const packages = process.argv.slice(2);

const filters = packages.map((name) => `--filter=@secondpass/${name}...`);
const build = ["exec", "turbo", "watch", "build", "--ui=stream", "--output-logs=errors-only", ...filters];
const projects = packages.length === 0 ? [] : ["--selectProjects", ...packages];
const children = [
  spawn("pnpm", build, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  }),
  spawn(process.execPath, ["node_modules/jest/bin/jest.js", "--watch", ...projects], {
    cwd: root,
    stdio: "inherit",
  }),
];

let isEnding = false;
/** Ends both processes: one alone would not watch completely. */
function end(code) {
  if (isEnding) return;
  isEnding = true;
  for (const child of children) child.kill("SIGTERM");
  process.exitCode = code;
}
for (const child of children) child.on("exit", (code) => end(code ?? 1));
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => end(128 + (signal === "SIGINT" ? 2 : 15)));
