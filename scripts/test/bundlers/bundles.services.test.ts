import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { runInBrowser } from "../../../packages/test-kit/src/browser/run-in-browser.js";
import { appFolder, documented, documentedBlock, prepareApp, readmeOutput } from "./support/app-folder.js";
import { newerNode, run, runLine } from "./support/run.js";
import { runAsLambda } from "./support/run-as-lambda.js";

/** These tests take minutes on a busy machine. */
const PATIENCE_MS = 600_000;

beforeAll(prepareApp, PATIENCE_MS);

describe("README's first program, bundled as docs/reference/bundlers.md says", () => {
  let folder: string;
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    { line: "npx esbuild app.mjs --bundle --platform=node --format=esm", made: "esbuild/app.mjs" },
    { line: "npx esbuild app.mjs --bundle --platform=node --format=cjs", made: "esbuild/app.cjs" },
    { line: "npx webpack", made: "webpack/app.cjs" },
    { line: "npx rollup", made: "rollup/app.mjs" },
    { line: "npx vite build", made: "vite/app.mjs" },
  ])(
    "runs next to the native library and the weights: $line → $made",
    async ({ line, made }) => {
      const { stdout, stderr } = await runLine(documented(line));
      const spoken = `${stdout}${stderr}`.split("\n").filter((text) => /warn|error/i.test(text));
      expect(spoken.filter((text) => /secondpass|onnxruntime/.test(text))).toEqual([]);

      folder = mkdtempSync(join(tmpdir(), "secondpass-bundled-"));
      cpSync(join(appFolder, "dist", dirname(made)), join(folder, "dist"), { recursive: true });
      for (const name of ["onnxruntime-node", "@secondpass/mini-models"]) {
        mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
        symlinkSync(join(appFolder, "node_modules", name), join(folder, "node_modules", name));
      }
      const bundle = join(folder, "dist", made.split("/")[1]!);
      expect((await run(process.execPath, [bundle], folder)).stdout).toBe(readmeOutput);
    },
    PATIENCE_MS,
  );
});

describe("a function for AWS Lambda, made as docs/reference/bundlers.md says", () => {
  const MB = 1e6;
  let folder: string;
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(
    "is far below the limits, and answers from its own files through the runtime interface",
    async () => {
      rmSync(join(appFolder, "function"), { recursive: true, force: true });
      rmSync(join(appFolder, "function.zip"), { force: true });
      for (const line of documentedBlock("npx esbuild handler.mjs")) await runLine(line);
      folder = mkdtempSync(join(tmpdir(), "secondpass-function-"));
      const task = join(folder, "task");
      await run("unzip", ["-q", join(appFolder, "function.zip"), "-d", task], folder);
      const unzipped = filesIn(task);
      expect(statSync(join(appFolder, "function.zip")).size).toBeLessThan(50 * MB);
      expect(unzipped.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(250 * MB);

      const event = {
        query: "How do I save an index?",
        texts: ["Bananas ripen.", "An index is saved to a folder."],
      };
      const bootstrap = join(folder, "lambda-bootstrap.mjs");
      cpSync(join(appFolder, "lambda-bootstrap.mjs"), bootstrap);
      const records = await runAsLambda(task, bootstrap, [event, {}, event]);
      const answer = { outcome: "response", body: { best: [{ index: 1 }, { index: 0 }] } };
      const failure = { outcome: "error", body: { errorMessage: expect.stringContaining("Expected") } };
      expect(records).toMatchObject([answer, failure, answer]);
      // The real folder is read-only.
      expect(filesIn(task)).toEqual(unzipped);
    },
    PATIENCE_MS,
  );
});

describe("README's first program in other runtimes", () => {
  it.each([
    ["bun", "first.mjs"],
    [
      "deno",
      "run",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-sys",
      "--allow-ffi",
      "first.mjs",
    ],
  ])(
    "runs and ends under %s",
    async (runtime, ...args) => {
      expect((await run(runtime, args, appFolder)).stdout).toBe(readmeOutput);
    },
    PATIENCE_MS,
  );

  it(
    "gets an error under Deno that names the permission of a model's process",
    async () => {
      const permissions = ["--allow-read", "--allow-env", "--allow-sys", "--allow-ffi"];
      const { stdout } = await run("deno", ["run", ...permissions, "process-under-deno.mjs"], appFolder);
      expect(stdout).toMatch(/^SessionCrashedError .*--allow-run/);
    },
    PATIENCE_MS,
  );
});

describe("the example agent of the AI SDK", () => {
  const EXAMPLE = join(__dirname, "../../../examples/agents");

  it(
    "runs with AI SDK 7, which needs Node 22 or newer, as with the AI SDK 6 of its package.json",
    async () => {
      const folder = join(appFolder, "agents");
      const index = join(appFolder, "agents.index");
      for (const each of [folder, index]) rmSync(each, { recursive: true, force: true });
      for (const name of ["ai-sdk-agent.mjs", "quoting-model.mjs"])
        cpSync(join(EXAMPLE, name), join(folder, name));
      const text = "# Saving\n\nAn index is saved to a folder by its method save.\n";
      writeFileSync(join(folder, "saving.md"), text);
      const cli = join(appFolder, "node_modules/@secondpass/cli/dist/cli.js");
      await run(newerNode, [cli, "index", folder, "--index", index], appFolder);
      const args = [join(folder, "ai-sdk-agent.mjs"), "--index", index, "How is an index saved?"];
      const { stdout, stderr } = await run(newerNode, args, appFolder);
      expect(stdout).toMatch(/^I quote saving\.md:1-3 \(score .*\)\n# Saving\n\nAn index is saved/);
      expect(stderr).toBe("");
    },
    PATIENCE_MS,
  );
});

describe("packages that do not need Node", () => {
  let expected: Record<string, unknown>;
  beforeAll(async () => {
    expected = JSON.parse((await run(process.execPath, ["run-browser-pipeline.mjs"], appFolder)).stdout);
  }, PATIENCE_MS);

  it(
    "gives Node's results in Chromium, bundled by esbuild, Rollup, Vite and webpack, without a warning of ours",
    async () => {
      const folder = join(appFolder, "dist/browsers");
      rmSync(folder, { recursive: true, force: true });
      const { stdout } = await run(process.execPath, ["build-for-browsers.mjs"], appFolder);
      // Vite prints lines before.
      const warnings = JSON.parse(stdout.trim().split("\n").at(-1)!) as string[];
      expect(warnings.filter((text) => /secondpass|node:/.test(text))).toEqual([]);

      const bundles = ["esbuild", "rollup", "vite", "webpack"];
      const script = `
      answer = { node: typeof process + typeof Buffer };
      for (const name of ${JSON.stringify(bundles)}) answer[name] = await (await import("/" + name + ".js")).browserPipeline();
    `;
      const files = readdirSync(folder).map(
        (name) => [`/${name}`, readFileSync(join(folder, name))] as const,
      );
      expect(await runInBrowser(script, Object.fromEntries(files))).toEqual({
        node: "undefinedundefined",
        ...Object.fromEntries(bundles.map((name) => [name, expected])),
      });
    },
    PATIENCE_MS,
  );

  it(
    "gives Node's results in Cloudflare's workerd",
    async () => {
      const { stdout } = await run(process.execPath, ["run-in-workerd.mjs"], appFolder);
      const { nearest, ...pipeline } = JSON.parse(stdout);
      expect(expected).toMatchObject(pipeline);
      expect(Object.keys(pipeline)).toContain("second");
      expect(nearest).toEqual([7, 0]);
    },
    PATIENCE_MS,
  );
});

/** Every file below a folder, with its size and time. */
function filesIn(folder: string) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return { name, size, mtimeMs };
    });
}
