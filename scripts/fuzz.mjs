/**
 * Runs every fuzz target (`*.fuzz.test.ts`) in turn for its share of the time, with random inputs, and counts the failures. Exits with 1
 * if there are any. docs/contributing/add-a-fuzz-target.md explains it.
 *
 *     npm run fuzz -- [--minutes N] [--only NAME] [--seed S [--path P]]
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readFuzzReport } from "./fuzz/read-fuzz-report.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Milliseconds that a test file may take beyond its time. Then it is killed, because an input never ends. */
const GRACE_MS = 120_000;
/** Rounds shorter than this are mostly the start of jest. */
const MIN_ROUND_MS = 5_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    only: { type: "string" },
    seed: { type: "string" },
    path: { type: "string" },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`Expected --minutes to be a positive number, got ${values.minutes}.`);
  process.exit(2);
}

const totals = { runs: 0, "untyped error": 0, stall: 0, hang: 0, "over memory": 0, crash: 0 };
const runsByTarget = new Map();
let files = ["packages", "apps"].flatMap(fuzzFiles);
const end = performance.now() + minutes * 60_000;
const folder = mkdtempSync(join(tmpdir(), "secondpass-fuzz-"));
try {
  do {
    const withTargets = [];
    for (const [index, file] of files.entries()) {
      const share = Math.max(MIN_ROUND_MS, (end - performance.now()) / (files.length - index));
      if (await runFile(file, share)) withTargets.push(file);
    }
    files = withTargets;
  } while (values.seed === undefined && files.length > 0 && end - performance.now() > MIN_ROUND_MS);
} finally {
  rmSync(folder, { recursive: true });
}

for (const [target, runs] of runsByTarget) console.log(`${String(runs).padStart(10)}  ${target}`);
if (runsByTarget.size === 0) console.log("No target has such a name.");
const { runs, ...failures } = totals;
const counts = Object.entries(failures).map(([kind, count]) => `${count} ${plural(kind, count)}`);
console.log(
  `${runsByTarget.size} ${plural("target", runsByTarget.size)}, ${runs} runs: ${counts.join(", ")}`,
);
process.exit(runsByTarget.size > 0 && Object.values(failures).every((count) => count === 0) ? 0 : 1);

/** The test files of fuzz targets in a folder of projects, as paths from the root. */
function fuzzFiles(projects) {
  return readdirSync(join(root, projects))
    .map((project) => `${projects}/${project}/test`)
    .filter((tests) => existsSync(join(root, tests)))
    .flatMap((tests) => readdirSync(join(root, tests), { recursive: true }).map((file) => `${tests}/${file}`))
    .filter((file) => file.endsWith(".fuzz.test.ts"))
    .sort();
}

/** Runs the targets of one test file in a separate jest process. @returns whether the file has any of the selected targets */
async function runFile(file, share) {
  const report = join(folder, "report.jsonl");
  writeFileSync(report, "");
  const output = await runJest(file, share, report);
  const { targets, failures, unfinished } = readFuzzReport(readFileSync(report, "utf8"));
  for (const [target, runs] of targets) {
    totals.runs += runs;
    runsByTarget.set(target, (runsByTarget.get(target) ?? 0) + runs);
  }
  for (const { kind, message, target, seed, path } of failures) {
    totals[kind]++;
    console.log(`\n${message}\nAgain: npm run fuzz -- --only "${target}" --seed ${seed} --path ${path}\n`);
  }
  if (unfinished !== undefined) {
    totals[output.killed ? "hang" : "crash"]++;
    const what = output.killed ? "an input holds the thread without end" : "the process ended";
    console.log(
      `\n${unfinished.target}: ${what}\nAgain: npm run fuzz -- --only "${unfinished.target}" --seed ${unfinished.seed}\n`,
    );
    console.log(output.text.slice(-2000));
  } else if (output.code !== 0 && failures.length === 0) {
    totals.crash++;
    console.log(`\n${file} failed:\n${output.text.slice(-4000)}`);
  }
  return targets.size > 0;
}

/** @returns {Promise<{ code: number | null, killed: boolean, text: string }>} */
function runJest(file, share, report) {
  const project = file.split("/").slice(0, 2).join("/");
  const jest = ["node_modules/jest/bin/jest.js", "--config", `${project}/jest.config.mjs`, "--runInBand"];
  const child = spawn(process.execPath, [...jest, "--runTestsByPath", file], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      SECONDPASS_TESTS: "fuzz",
      SECONDPASS_FUZZ_MS: String(Math.round(share)),
      SECONDPASS_FUZZ_ONLY: values.only ?? "",
      SECONDPASS_FUZZ_SEED: values.seed ?? "",
      SECONDPASS_FUZZ_PATH: values.path ?? "",
      SECONDPASS_FUZZ_REPORT: report,
    },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
  let killed = false;
  const timer = setTimeout(() => {
    killed = true;
    child.kill("SIGKILL");
  }, share + GRACE_MS);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, killed, text });
    });
  });
}

function plural(kind, count) {
  if (count === 1 || kind === "over memory") return kind;
  return kind === "crash" ? "crashes" : `${kind}s`;
}
