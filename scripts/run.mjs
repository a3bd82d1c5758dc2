/**
 * The one door to the workspace: `npm test`, `npm run demo`, `npm run check` need Node and npm only.
 *
 * It runs itself once more under npx with the pnpm version that package.json names, installs from the lockfile,
 * builds what has changed, and then starts the task. Once the packages are in npm's and pnpm's caches, no network
 * is needed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** What each task runs once everything is built; the words after the task's name follow. */
const tasks = {
  demo: [["node", "apps/demo/dist/cli.js"]],
  endpoint: [["node", "apps/sagemaker-endpoint/dist/cli.js"]],
  "eval:mini": [["node", "bench/mini/evaluate.mjs"]],
  test: [
    ["pnpm", "exec", "turbo", "run", "typecheck", "--output-logs=errors-only", "--log-prefix=none"],
    ["node", "node_modules/jest/bin/jest.js"],
  ],
  check: [
    ["pnpm", "exec", "turbo", "run", "typecheck", "--output-logs=errors-only", "--log-prefix=none"],
    ["pnpm", "exec", "biome", "check", "."],
    ["pnpm", "exec", "knip"],
    ["node", "scripts/check-packages.mjs"],
  ],
};

/** Tasks whose words name files: they run where the user stands, so that relative paths mean what they look like. */
const standWithUser = ["demo", "endpoint"];

const [task = "", ...rest] = process.argv.slice(2);
if (!(task in tasks)) {
  console.error(`Expected one of ${Object.keys(tasks).join(", ")}, got "${task}".`);
  process.exit(2);
}
if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Secondpass needs Node 20 or newer; this is ${process.version}.`);
  process.exit(2);
}

/**
 * Where the user stands. npm says it in INIT_CWD, but so does the npx in between, of itself: the outer run hands it on.
 */
const userCwd = process.env.SECONDPASS_USER_CWD ?? process.env.INIT_CWD ?? process.cwd();

/** Runs a command to its end and leaves with its exit code unless it succeeded. */
function run(command, args, { quiet = false, cwd = root } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    stdio: quiet ? ["inherit", "pipe", "pipe"] : "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, SECONDPASS_USER_CWD: userCwd, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
  });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    if (quiet) process.stderr.write(`${result.stdout}${result.stderr}`);
    process.exit(result.status ?? 1);
  }
}

if (process.env.SECONDPASS_USER_CWD === undefined) {
  const pnpm = ["--yes", "--prefer-offline", "--loglevel=error", `--package=${packageManager}`];
  run("npx", [...pnpm, "--", "node", "scripts/run.mjs", task, ...rest]);
} else {
  // The benchmarks' rivals are some 200 MB that nobody else needs.
  const needed = task === "eval:mini" || task === "check" ? [] : ["--filter=!@secondpass/bench"];
  run("pnpm", ["install", "--frozen-lockfile", "--prefer-offline", "--reporter=silent", ...needed], {
    quiet: true,
  });
  run("pnpm", ["exec", "turbo", "run", "build", "--output-logs=errors-only", "--log-prefix=none"], {
    quiet: true,
  });
  const commands = tasks[task];
  commands.forEach(([command, ...args], index) => {
    const isLast = index === commands.length - 1;
    const cwd = isLast && standWithUser.includes(task) ? userCwd : root;
    const script = cwd === root ? args : args.map((arg) => (arg.startsWith("apps/") ? `${root}${arg}` : arg));
    run(command, isLast ? [...script, ...rest] : script, { cwd });
  });
}
