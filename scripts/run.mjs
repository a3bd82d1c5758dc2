/**
 * Runs the tasks of the workspace: `npm test`, `npm run demo` and the others need only Node and npm.
 *
 * It gets the pnpm version that package.json names through npx, installs from the lockfile what the task needs, builds
 * what has changed, and starts the task. Once the packages are in the caches of npm and pnpm, no network is needed.
 * Its own messages go to stderr; stdout is the task's.
 */
import { existsSync, readFileSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { explainFailure } from "./run/explain-failure.mjs";
import { InstallRecord } from "./run/install-record.mjs";
import { runCommand } from "./run/run-command.mjs";
import { tasks } from "./run/tasks.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** Milliseconds after which a step is announced on later runs, too. */
const SILENT_FOR_MS = 10_000;
/** Waits of 1, 3 and 9 s between tries: without network, the user sees the reason after a quarter of a minute. */
const RETRIES = ["--fetch-retries=3", "--fetch-retry-mintimeout=1000", "--fetch-retry-factor=3"];
/** Number of lines shown of a failed tool's output; the reason is near the end. */
const LINES_SHOWN = 30;

const [name = "", ...given] = process.argv.slice(2);
const named = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
if (named === undefined) {
  console.error(`Expected one of ${Object.keys(tasks).join(", ")}, got "${name}".`);
  process.exit(2);
}
if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Secondpass needs Node 20 or newer; this is ${process.version}.`);
  process.exit(2);
}

const word = Object.keys(named.withWord ?? {}).find((word) => given.includes(word));
const task = word === undefined ? named : named.withWord[word];
const words = given.filter((other) => other !== word);

let lastAnnouncement = "";
const userFolder = process.env.INIT_CWD ?? process.cwd();
const isFirstRun = !existsSync(`${root}node_modules/.modules.yaml`);
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };

/** Prints once what is being done. */
function announce(what) {
  if (what !== lastAnnouncement) console.error(what);
  lastAnnouncement = what;
}

/** Runs a tool quietly. Announces it: immediately on a first run, later only if it takes long. If it fails, says why and leaves. */
async function prepare(announcement, command, args) {
  if (isFirstRun) announce(announcement);
  const timer = setTimeout(announce, SILENT_FOR_MS, announcement);
  const { code, stdout, output } = await runCommand(command, args, {
    cwd: root,
    env,
    quiet: true,
    onOutput: (text) => {
      const code = /error \((\w+)\)\. Will retry/.exec(text)?.[1];
      if (code !== undefined) announce(`A download failed (${code}); trying again …`);
    },
  });
  clearTimeout(timer);
  if (code === 0) return stdout;
  // After Ctrl-C, the user knows why it ended.
  if (code !== 130) {
    const lines = output.trimEnd().split("\n");
    const reasons = lines.filter((line) => !/^Progress:|\++$|^ +at |Will retry in/.test(line));
    console.error(reasons.slice(-LINES_SHOWN).join("\n"));
    const advice = explainFailure(output, packageManager);
    console.error(`\n\`${[command, ...args].join(" ")}\` failed with exit code ${code}.`);
    if (advice !== undefined) console.error(advice);
  }
  return process.exit(code);
}

if (task.listsWithoutWords && words.length === 0) {
  await runTask();
  process.exit(0);
}

const installing = isFirstRun
  ? `Installing packages (first run, about ${task.downloadMB} MB) …`
  : "Installing packages …";
const npx = ["--yes", ...RETRIES, "--prefer-offline", "--loglevel=error", `--package=${packageManager}`];
const record = new InstallRecord(root, packageManager);
const ownPath = process.env.PATH ?? process.env.Path ?? "";
const path =
  record.pnpmFolder === undefined
    ? await prepare(installing, "npx", [...npx, "--", "node", "scripts/run/print-path.mjs"])
    : `${record.pnpmFolder}${delimiter}${ownPath}`;
// Windows calls it Path; with two spellings, the environment would have two values.
for (const key of Object.keys(env)) if (key.toUpperCase() === "PATH") delete env[key];
env.PATH = path;

// The log level is set here, because with `npm run -s` pnpm would not print its errors either.
const install = [
  "install",
  "--frozen-lockfile",
  "--prefer-offline",
  ...RETRIES,
  "--reporter=append-only",
  "--loglevel=info",
];
const filters = task.install ?? [];
if (!record.has(filters)) {
  await prepare(installing, "pnpm", [...install, ...filters]);
  record.add(filters, path);
}
// A developer's types stay as they are.
if (task.needsNoTypes && !existsSync(`${root}packages/core/dist/index.d.ts`)) env.SECONDPASS_TYPES = "0";
const build = ["exec", "turbo", "run", "build", "--output-logs=errors-only", "--log-prefix=none"];
await prepare("Building …", "pnpm", [...build, ...(task.build ?? [])]);

await runTask();

/** Runs the task's commands; the first that fails ends the process with its code. */
async function runTask() {
  for (const [index, [command, ...args]] of task.commands.entries()) {
    const isLast = index === task.commands.length - 1;
    const cwd = isLast && task.inUserFolder ? userFolder : root;
    const here =
      cwd === root ? args : args.map((arg) => (/^(apps|scripts)\//.test(arg) ? `${root}${arg}` : arg));
    const { code } = await runCommand(command, isLast ? [...here, ...words] : here, {
      cwd,
      env: { ...env, ...task.env },
    });
    if (code !== 0) process.exit(code);
  }
}
