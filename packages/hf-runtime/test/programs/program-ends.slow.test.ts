import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { slowLength } from "@secondpass/test-kit";
import { POOL_TASK, PROGRAMS, TEST_FILE } from "./programs.js";
import { runProgram } from "./run-program.js";

const RUNS = slowLength({ short: 1, full: 50 });
const IS_FULL = RUNS > 1;
/** When the programs end, in milliseconds after their start. */
const MOMENTS = [40, 0, 3, 10, 90, 150, 210, 280, 350, 500];
const LONGEST_MS = 60_000 * RUNS;

/** Major versions of Node. The short form uses the one that runs the tests; for the full form, npm installs the others. */
const MAJORS = IS_FULL ? ["20", "22", "24"] : [process.versions.node.split(".")[0]!];

async function nodeOf(major: string): Promise<string | undefined> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const { output } = await runProgram("npx", ["-y", `node@${major}`, "-p", "process.execPath"]);
  const path = output.trim();
  if (path !== "") return path;
  console.warn(`Node ${major} is not tested: npm could not get it.`);
  return undefined;
}

describe.each(MAJORS)("with Node %s, a program with a model", (major) => {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  let node: string | undefined;
  beforeAll(async () => {
    node = await nodeOf(major);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(PROGRAMS)(
    "ends correctly when it $name",
    async ({ name, source, end = 0, complains = false }) => {
      if (node === undefined) return;
      const file = join(folder, `${name.replaceAll(" ", "-")}.cjs`);
      writeFileSync(file, source);
      for (let run = 0; run < RUNS; run++) {
        const found = await runProgram(node, [file, String(MOMENTS[run % MOMENTS.length])]);
        expect(found).toEqual({
          end,
          output: "on\n",
          errors: complains ? expect.stringContaining("on purpose") : "",
        });
      }
    },
    LONGEST_MS,
  );

  it(
    "ends correctly in jest, in one process",
    async () => {
      if (node === undefined) return;
      const root = join(folder, "jest");
      mkdirSync(root);
      writeFileSync(join(root, "package.json"), JSON.stringify({ jest: { transform: {} } }));
      for (const name of ["a", "b"]) writeFileSync(join(root, `${name}.test.js`), TEST_FILE);
      const jest = require.resolve("jest/bin/jest");
      for (let run = 0; run < Math.ceil(RUNS / 5); run++) {
        const { end, errors } = await runProgram(node, [jest, "-i", "--rootDir", root], { cwd: root });
        expect({ end, errors }).toEqual({ end: 0, errors: expect.stringContaining("2 passed") });
      }
    },
    LONGEST_MS,
  );
});

/** Tests that need packages from npm run in the full form only. */
(IS_FULL ? describe : describe.skip)("a model in other people's threads", () => {
  const root = mkdtempSync(join(tmpdir(), "runners-"));
  beforeAll(async () => {
    writeFileSync(join(root, "package.json"), "{}");
    const install = ["install", "--no-audit", "--no-fund", "vitest@3", "piscina@5"];
    expect((await runProgram("npm", install, { cwd: root })).end).toBe(0);
    for (const name of ["a", "b"]) {
      const source = `import { createRequire } from "node:module";
        import { test } from "vitest";
        const require = createRequire(import.meta.url);
        ${TEST_FILE}`;
      writeFileSync(join(root, `${name}.test.mjs`), source);
    }
    writeFileSync(join(root, "task.cjs"), POOL_TASK);
    writeFileSync(
      join(root, "pool.mjs"),
      `import { Piscina } from "piscina";
      const pool = new Piscina({ filename: new URL("task.cjs", import.meta.url).href, maxThreads: 2 });
      const signal = () => AbortSignal.timeout(Number(process.argv[2]) + 200);
      await Promise.allSettled([pool.run({}, { signal: signal() }), pool.run({}, { signal: signal() })]);
      await pool.destroy();
      console.log("on");`,
    );
  }, 300_000);
  afterAll(() => rmSync(root, { recursive: true }));

  it.each(["threads", "forks", "vmThreads"])(
    "ends correctly in vitest's %s",
    async (pool) => {
      const vitest = join(root, "node_modules/vitest/vitest.mjs");
      for (let run = 0; run < RUNS / 5; run++) {
        const found = await runProgram(process.execPath, [vitest, "run", `--pool=${pool}`], { cwd: root });
        expect(found).toMatchObject({ end: 0, output: expect.stringContaining("2 passed") });
      }
    },
    LONGEST_MS,
  );

  it(
    "ends correctly in a pool whose tasks are aborted",
    async () => {
      for (let run = 0; run < RUNS; run++) {
        const moment = String(MOMENTS[run % MOMENTS.length]);
        const found = await runProgram(process.execPath, [join(root, "pool.mjs"), moment]);
        expect(found).toEqual({ end: 0, output: "on\n", errors: "" });
      }
    },
    LONGEST_MS,
  );
});
