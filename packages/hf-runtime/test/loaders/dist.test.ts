import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";

const run = promisify(execFile);
const PACKAGE = join(__dirname, "../..");
const MODEL = join(PACKAGE, "test/fixtures/models/bert-cross-encoder");

/** Scores a pair with the built package and ends without disposing anything. */
const PROGRAM = `
  const crossEncoder = await loadCrossEncoder({ model: ${JSON.stringify(MODEL)}, threads: 1 });
  const [scores] = await crossEncoder.predict([["How many people?", "3.6 million people."]]);
  console.log(scores.length);
`;

/** Time limit of the process. If an idle worker kept it alive, it would be killed and the test would fail. */
const TIMEOUT_MS = 20_000;

describe("the built package", () => {
  it(
    "computes in a worker from ESM, and lets the process end with the model loaded",
    async () => {
      const entry = pathToFileURL(join(PACKAGE, "dist/index.js")).href;
      const program = `import { loadCrossEncoder } from ${JSON.stringify(entry)};${PROGRAM}`;
      // Workers inherit --input-type, which would turn the worker's CommonJS into ESM.
      const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], {
        timeout: TIMEOUT_MS,
      });
      expect(stdout).toBe("1\n");
    },
    TIMEOUT_MS,
  );

  it(
    "computes in a worker from CommonJS, and lets the process end with the model loaded",
    async () => {
      const entry = JSON.stringify(join(PACKAGE, "dist/index.cjs"));
      const program = `const { loadCrossEncoder } = require(${entry});(async () => {${PROGRAM}})();`;
      const { stdout } = await run(process.execPath, ["--eval", program], { timeout: TIMEOUT_MS });
      expect(stdout).toBe("1\n");
    },
    TIMEOUT_MS,
  );

  it.each([true, false])(
    "leaves onnxruntime's telemetry off, with worker: %s",
    async (worker) => {
      const home = mkdtempSync(join(tmpdir(), "secondpass-home-"));
      const { CI: _, ORT_DISABLE_TELEMETRY: __, ...env } = process.env;
      const program = `const { loadCrossEncoder } = require(${JSON.stringify(join(PACKAGE, "dist/index.cjs"))});
        loadCrossEncoder({ model: ${JSON.stringify(MODEL)}, threads: 1, worker: ${worker} });`;
      await run(process.execPath, ["--eval", program], {
        timeout: TIMEOUT_MS,
        env: { ...env, HOME: home, USERPROFILE: home, XDG_CACHE_HOME: join(home, ".cache") },
      });
      expect(readdirSync(home)).toEqual([]);
      rmSync(home, { recursive: true });
    },
    TIMEOUT_MS,
  );

  it(
    "lets the process end during loading and during computing",
    async () => {
      const entry = JSON.stringify(join(PACKAGE, "dist/index.cjs"));
      const texts = 'new Array(50).fill(["How many people?", "3.6 million people. ".repeat(50)])';
      const program = `const { loadCrossEncoder } = require(${entry});
        const loading = loadCrossEncoder({ model: ${JSON.stringify(MODEL)}, threads: 2 });
        loading.then((crossEncoder) => crossEncoder.predict(${texts}));
        const leave = () => { console.log("left"); process.exit(0); };
        if (process.argv[1] === "loaded") loading.then(leave); else setTimeout(leave, Number(process.argv[1]));`;
      for (const when of ["loaded", "0", "50", "100", "150", "200"]) {
        const { stdout } = await run(process.execPath, ["--eval", program, when], { timeout: TIMEOUT_MS });
        expect([when, stdout]).toEqual([when, "left\n"]);
      }
    },
    4 * TIMEOUT_MS,
  );

  it(
    "loads no native code until a model is loaded",
    async () => {
      const entry = JSON.stringify(join(PACKAGE, "dist/index.cjs"));
      const program = `require(${entry}); console.log(Object.keys(require.cache).filter((path) => path.endsWith(".node")).length)`;
      const { stdout } = await run(process.execPath, ["--eval", program], { timeout: TIMEOUT_MS });
      expect(stdout).toBe("0\n");
    },
    TIMEOUT_MS,
  );
});
